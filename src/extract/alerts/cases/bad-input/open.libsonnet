{ groups: [ { name: 'g', rules: [ { alert: 'Open', expr: |||
  up
