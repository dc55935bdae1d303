ls "$SHOP_DATA/store/keys"
