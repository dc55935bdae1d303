fn main() {
    let folder = std::env::var("OUT_DIR").unwrap();
    let text = "/// Made when the crate is built.\npub const REVISION: &str = \"abc\";\n\n/// One of the build.\n#[derive(Debug)]\npub struct Stamp {\n    /// Since when.\n    pub since: u64,\n    inner: u8,\n}\n";
    std::fs::write(std::path::Path::new(&folder).join("stamp.rs"), text).unwrap();
}
