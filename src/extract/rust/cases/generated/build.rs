fn main() {
    cfg_aliases::cfg_aliases! {
        linux: { target_os = "linux" },
        apple: { target_os = "macos" },
    }
}
