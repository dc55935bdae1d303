module.exports = {
  versions: {
    '9.x': {
      path: 'v9',
    },
  },
};
