/// Tells addresses of the open internet from those of one's own machine and network.
///
/// Sources: the IANA special-purpose address registries for IPv4 (RFC 6890 and successors) and IPv6. Of IPv6 only global
/// unicast `2000::/3` is public, so that loopback, link-local, unique-local, multicast, IPv4-mapped and NAT64 forms are
/// not; of it, addresses that carry or translate others (Teredo, 6to4) and those of documentation are taken away.
public enum PublicAddress {
    /// First bytes and length in bits of the IPv4 blocks that are not public; the metadata service is link-local.
    private static let closed4: [(block: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15),
        (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]

    /// Whether an address of 4 or 16 bytes in network order is public; anything else is not.
    public static func contains(_ bytes: some Collection<UInt8>) -> Bool {
        switch bytes.count {
        case 4:
            let number = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return !closed4.contains { (number ^ $0.block) >> (32 - $0.bits) == 0 }
        case 16:
            let head = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard head >> 29 == 1 else { return false }
            // 2001::/23 protocol assignments with Teredo, 2001:db8::/32 and 3fff::/20 documentation, 2002::/16 6to4.
            return head >> 9 != 0x2001_0000 >> 9 && head != 0x2001_0db8 && head >> 16 != 0x2002
                && head >> 12 != 0x3fff_0
        default: return false
        }
    }
}
