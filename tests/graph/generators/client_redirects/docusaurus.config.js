module.exports = { plugins: [['@docusaurus/plugin-client-redirects', {
  redirects: [
    { from: '/stacks/catalogs.html', to: '/stacks' },
  ] }]] };
