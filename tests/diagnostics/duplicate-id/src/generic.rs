impl Own {
    /// Counts it.
    pub fn count(&self) {}
}
