module.exports = { docs: [{
  type: 'category',
  link: {
    type: 'generated-index',
    slug: '/examples',
  },
}] };
