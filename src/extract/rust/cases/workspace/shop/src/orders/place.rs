use super::Order;

/// Places an order of a customer with a name so long that its declaration does not fit a line.
pub async fn place<'a, T>(customer_reference_number: &'a str, delivery_address: Option<&'a T>, total: u64) -> Result<Order, std::io::Error>
where
    T: AsRef<str> + ?Sized,
{
    todo!()
}
