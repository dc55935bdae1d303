// Rules of the shop.
local utils = import 'utils.libsonnet';

{
  _config+:: { selector: error 'must be set', wait: '15m' },

  prometheusAlerts+:: {
    groups+: [
      {
        name: 'shop',
        rules: [utils.wrap(rule, $._config) for rule in self.rules_],
        rules_:: [
          {
            alert: 'ShopDown',
            expr: |||
              up{%(selector)s} == 0
                and shop_orders_total > 0
            ||| % $._config,
            'for': $._config.wait,
            labels: { severity: 'critical' },
            annotations: {
              summary: "It's down {{ $labels.job }}",
              description: 'Down for 100%% of %s.' % $._config.wait,
              runbook_url: $._config.runbookURL + '#' + 'shop-down',
            },
          },
          // { alert: 'NotThis', expr: 'up' },
          {
            expr: 'rate(' + $._config.metric + '[5m]) > 0',
            alert: 'ShopSlow' /* as it is */,
            'for': '5m',
            labels+: { severity: 'warning' },
          },
        ] + [
          { alert: '%sAbsent' % name, expr: 'absent(up)' }
          for name in ['a', 'b']
        ] + (if $._config.more then [{ alert: 'Conditional', expr: 'up == 0' }] else []),
      },
      { name: 'records', rules: [{ record: 'job:up:sum', expr: 'sum by (job) (up)' }] },
    ],
  },
}
