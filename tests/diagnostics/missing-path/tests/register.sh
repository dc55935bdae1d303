ls "$SHOP_DATA/store/keys"
ls "$REPO_ROOT/store/carts"
