/// How much.
pub struct Amount;
