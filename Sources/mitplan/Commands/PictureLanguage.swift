import ArgumentParser

/// Language of legends and titles in pictures.
enum PictureLanguage: String, CaseIterable, ExpressibleByArgument {
    case de, en
}
