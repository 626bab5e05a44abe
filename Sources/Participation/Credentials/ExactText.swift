extension String {
    /// Whether another text has the same bytes in UTF-8.
    ///
    /// `==` holds for texts of canonical equivalence too (Unicode Standard Annex 15): where a text opens something, one that
    /// merely looks like it must not.
    public func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
