//! The signature that a robot of DingTalk may ask for: HMAC-SHA256 over the moment and the secret, in the address.
//!
//! For: notices ([`super::Notification`]) to robots set up with 加签. Not for: secrecy of the notice (HTTPS is). The form is DingTalk's own
//! (open.dingtalk.com, 自定义机器人安全设置): base 64 of the code over `moment\nsecret`, keyed with the secret, the moment
//! in milliseconds; the robot refuses one that is more than an hour off.

use crate::knowledge::text::base64;
use sha2::{Digest as _, Sha256};
use url::form_urlencoded::byte_serialize;

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// The address with the moment (milliseconds since 1970) and the signature.
pub fn signed(address: &str, secret: &str, moment: i64) -> String {
    let code = base64(&hmac(secret.as_bytes(), format!("{moment}\n{secret}").as_bytes()));
    let sign: String = byte_serialize(code.as_bytes()).collect();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}timestamp={moment}&sign={sign}")
}

/// HMAC-SHA256 (RFC 2104).
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    #[test]
    fn the_code_is_that_of_the_standard() {
        // RFC 4231, cases 1, 2 and 6.
        let cases: [(&[u8], &[u8], &str); 3] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, text, code) in cases {
            assert_eq!(hex(&hmac(key, text)), code);
        }
    }

    #[test]
    fn a_signature_is_written_so_that_an_address_can_carry_it() {
        let made = signed("https://robot.example/send?access_token=t", "SECabc", 1_700_000_000_000);
        let (head, sign) = made.split_once("&sign=").unwrap();
        assert_eq!(head, "https://robot.example/send?access_token=t&timestamp=1700000000000");
        assert!(sign.ends_with("%3D") && !sign.contains(['+', '/', '=']), "{sign}");
        assert!(signed("https://robot.example/send", "s", 1).contains("/send?timestamp=1&sign="));
    }
}
