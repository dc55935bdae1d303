orders.keep(
    1,
    &[],
);
