import Foundation
import OutboundHTTP
import Testing

struct PublicAddressTests {
    /// The bytes of an address as the system reads it.
    private func bytes(_ text: String) -> [UInt8] {
        var (short, long) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &short) == 1 { return withUnsafeBytes(of: short) { Array($0) } }
        if inet_pton(AF_INET6, text, &long) == 1 { return withUnsafeBytes(of: long) { Array($0) } }
        return []
    }

    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "198.19.255.255", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::7f00:1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "3fff::1", "fec0::1",
    ])
    func closesAddressesOfOnesOwn(address: String) {
        #expect(!bytes(address).isEmpty)
        #expect(!PublicAddress.contains(bytes(address)))
    }

    @Test(arguments: [
        "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
        "192.167.255.255", "193.0.0.1", "223.255.255.255", "2003:6::1", "2a00:1450:4001::200e", "2001:4860:4860::8888",
        "2606:4700::1111",
    ])
    func opensAddressesOfTheInternet(address: String) {
        #expect(PublicAddress.contains(bytes(address)))
    }

    @Test func closesWhatIsNoAddress() {
        #expect(!PublicAddress.contains([]) && !PublicAddress.contains([8, 8, 8]))
    }
}
