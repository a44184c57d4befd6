// Loaded before a foreign program, which then cannot leave this machine and ends together with its parent process.
const net = require('node:net');

const own = /^(localhost|127\.[\d.]+|::1|)$/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const second = typeof args[1] === 'string' ? args[1] : '';
  const host = String((typeof first === 'object' && first !== null ? first.host : second) ?? '');
  if (!own.test(host)) {
    console.error(`refused: ${host}`);
    process.nextTick(() => this.destroy(new Error('only this machine itself may be reached')));
    return this;
  }
  return connect.apply(this, args);
};

process.stdin.on('end', () => process.exit()).resume();
