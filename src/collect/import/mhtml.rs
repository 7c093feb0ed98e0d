//! The page inside an MHTML file: the first part that is HTML, its transfer encoding undone.

/// Headers and parts are looked for in this many levels of nesting only.
const DEPTH: usize = 3;

/// The bytes of the page with its content type; `None` when there is none.
pub(super) fn page(bytes: &[u8]) -> Option<(Vec<u8>, String)> {
    part(bytes, DEPTH)
}

fn part(bytes: &[u8], depth: usize) -> Option<(Vec<u8>, String)> {
    let (headers, body) = split(bytes)?;
    let kind = header(&headers, "content-type").unwrap_or_default();
    let plain = kind.to_ascii_lowercase();
    if plain.starts_with("multipart/") && depth > 0 {
        let boundary = format!("--{}", parameter(&kind, "boundary")?);
        return pieces(body, boundary.as_bytes()).into_iter().find_map(|piece| part(piece, depth - 1));
    }
    if !plain.starts_with("text/html") {
        return None;
    }
    let how = header(&headers, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let page = match how.as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    Some((page, kind))
}

/// Headers, unfolded, and what follows the empty line.
fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let found = ends
        .iter()
        .filter_map(|end| bytes.windows(end.len()).position(|w| w == *end).map(|at| (at, end.len())));
    let (at, length) = found.min()?;
    let head =
        String::from_utf8_lossy(&bytes[..at]).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ");
    Some((head, &bytes[at + length..]))
}

fn header(headers: &str, name: &str) -> Option<String> {
    headers.lines().find_map(|line| {
        let (held, value) = line.split_once(':')?;
        held.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (held, value) = part.split_once('=')?;
        held.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines of a boundary.
fn pieces<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let marks = body.windows(boundary.len().max(1)).enumerate().filter(|(_, window)| *window == boundary);
    let starts: Vec<usize> = marks.map(|(at, _)| at).collect();
    let piece = |pair: &[usize]| {
        let from = pair[0] + boundary.len();
        let skip = body[from..].iter().take_while(|b| b"\r\n".contains(b)).count();
        body.get(from + skip..pair[1]).unwrap_or_default()
    };
    starts.windows(2).map(piece).collect()
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |i: usize| body.get(i).and_then(|&b| char::from(b).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'=' {
            out.push(body[at]);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            // A line that goes on: the sign and the end of the line are left out.
            at += 1;
            at += usize::from(body.get(at) == Some(&b'\r'));
            at += usize::from(body.get(at) == Some(&b'\n'));
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut held, mut bits) = (Vec::with_capacity(body.len() / 4 * 3), 0_u32, 0);
    for six in body.iter().filter_map(|&b| value(b)) {
        held = (held << 6 | u32::from(six)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_found_and_undone() {
        for (how, body) in [
            ("quoted-printable", "<title>=E7=94=B2=\r\n=E5=B8=82</title>"),
            ("base64", "PHRpdGxlPueUsuW4gjwvdGl0bGU+"),
            ("8bit", "<title>甲市</title>"),
        ] {
            let file = format!(
                "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--x--\"\r\n\r\n\r\n\
                 ----x--\r\nContent-Type: image/png\r\n\r\n....\r\n----x--\r\nContent-Type: text/html; charset=utf-8\r\n\
                 Content-Transfer-Encoding: {how}\r\n\r\n{body}\r\n----x----\r\n"
            );
            let (page, kind) = page(file.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(page).unwrap().trim(), "<title>甲市</title>", "{how}");
            assert!(kind.ends_with("utf-8"));
        }
    }

    #[test]
    fn no_file_makes_it_panic() {
        for file in [
            "",
            "Content-Type: multipart/related; boundary=\r\n\r\n----",
            "Content-Type: multipart/related; boundary=a\n\n--a",
            "\n\n",
        ] {
            assert_eq!(page(file.as_bytes()), None, "{file}");
        }
    }
}
