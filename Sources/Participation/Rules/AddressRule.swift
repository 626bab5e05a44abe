/// What an address on the web must look like to be stored; whether it may be asked is decided when it is.
public enum AddressRule {
    /// Whether a text is an address of at most 2,048 visible ASCII characters without user and password.
    public static func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && text.utf8.count <= 2048
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !text.contains("@")
    }
}
