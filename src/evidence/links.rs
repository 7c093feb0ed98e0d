//! Links in a cell of an inventory, among what people write around them.

/// The parts of a cell that begin as a link, or the whole cell where none does, so that it is refused by name.
pub fn links(cell: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || "；;，、\"'<>（）".contains(c);
    let parts = cell.split(apart).filter_map(|part| {
        let start = part.find("http://").or_else(|| part.find("https://"));
        match start {
            Some(at) => Some(part[at..].to_owned()),
            None if part.to_ascii_lowercase().starts_with("www.") => Some(format!("https://{part}")),
            None => None,
        }
    });
    let found: Vec<String> = parts.collect();
    if found.is_empty() && !cell.trim().is_empty() { vec![cell.trim().to_owned()] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_what_people_write_around_them() {
        assert_eq!(links("网址：https://a.cn/x；备用 http://b.cn"), ["https://a.cn/x", "http://b.cn"]);
        assert_eq!(links("www.example.cn/a"), ["https://www.example.cn/a"]);
        assert_eq!(links("见附件"), ["见附件"]);
        assert!(links("  ").is_empty());
    }
}
