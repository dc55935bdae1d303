module.exports = [
  {
    source: '/docs/old',
    destination: '/docs/new',
  },
  { source: '/docs/:path*/gone', destination: '/' },
]
