const colour = process.env.SHOP_COLOUR;
