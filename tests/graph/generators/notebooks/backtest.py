# %% [markdown]
# # Backtest
