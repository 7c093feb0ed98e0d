//! Network addresses that no public page lives on.

use crate::model::vocabulary;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

vocabulary! {
    /// Why an address is not one of the public internet (registries of special-purpose addresses, RFC 6890).
    Forbidden {
        /// 0.0.0.0/8, ::
        #[default]
        Unspecified = "unspecified",
        /// 127.0.0.0/8, ::1
        Loopback = "loopback",
        /// 10/8, 172.16/12, 192.168/16, fc00::/7, fec0::/10
        Private = "private",
        /// 169.254.0.0/16, fe80::/10
        LinkLocal = "link-local",
        /// 100.64.0.0/10 (RFC 6598)
        CarrierNat = "carrier-nat",
        /// 224.0.0.0/4, ff00::/8
        Multicast = "multicast",
        /// 192.0.2/24, 198.51.100/24, 203.0.113/24, 2001:db8::/32, 3fff::/20
        Documentation = "documentation",
        /// 198.18.0.0/15 (RFC 2544)
        Benchmark = "benchmark",
        /// 192.0.0.0/24, 192.88.99.0/24, 240.0.0.0/4 with broadcast, and all of IPv6 outside 2000::/3
        Reserved = "reserved",
        /// 2001::/23 with Teredo: protocol assignments
        Tunnel = "tunnel",
    }
}

/// Why an address may not be asked; `None` when it may.
pub fn forbidden(address: IpAddr) -> Option<Forbidden> {
    match address {
        IpAddr::V4(address) => of_four(address),
        IpAddr::V6(address) => of_six(address),
    }
}

fn of_four(address: Ipv4Addr) -> Option<Forbidden> {
    let [a, b, c, _] = address.octets();
    Some(match (a, b, c) {
        (0, ..) => Forbidden::Unspecified,
        (127, ..) => Forbidden::Loopback,
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Forbidden::Private,
        (169, 254, _) => Forbidden::LinkLocal,
        (100, 64..=127, _) => Forbidden::CarrierNat,
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Forbidden::Documentation,
        (198, 18..=19, _) => Forbidden::Benchmark,
        (224..=239, ..) => Forbidden::Multicast,
        (192, 0, 0) | (192, 88, 99) | (240..=255, ..) => Forbidden::Reserved,
        _ => return None,
    })
}

fn of_six(address: Ipv6Addr) -> Option<Forbidden> {
    if let Some(inner) = embedded(address) {
        // Also where the inner address is a public one: nobody writes a public page's address in this way.
        return Some(of_four(inner).unwrap_or(Forbidden::Reserved));
    }
    let [first, second, ..] = address.segments();
    Some(match (first, second) {
        _ if address.is_unspecified() => Forbidden::Unspecified,
        _ if address.is_loopback() => Forbidden::Loopback,
        (0xfc00..=0xfdff | 0xfec0..=0xfeff, _) => Forbidden::Private,
        (0xfe80..=0xfebf, _) => Forbidden::LinkLocal,
        (0xff00..=0xffff, _) => Forbidden::Multicast,
        (0x2001, 0x0db8) | (0x3fff, 0..=0x0fff) => Forbidden::Documentation,
        (0x2001, 0..=0x01ff) => Forbidden::Tunnel,
        (0x2000..=0x3fff, _) => return None,
        _ => Forbidden::Reserved,
    })
}

/// The IPv4 address that an IPv6 address carries: mapped, compatible, translated (SIIT), NAT64 with the
/// well-known and the local prefix, 6to4, ISATAP (RFC 5214).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let four = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x0064, 0xff9b, 0 | 1, _, _, _, high, low]
        | [0x2002, high, low, ..]
        | [_, _, _, _, 0 | 0x0200, 0x5efe, high, low] => Some(four(high, low)),
        _ => None,
    }
}
