// Code by Zapier, "Run JavaScript", after "Catch Raw Hook". Input data: body (the raw body), id, timestamp and signature (the headers
// webhook-id, webhook-timestamp and webhook-signature), secret (whsec_…).
const crypto = require('crypto');

const { body, id, timestamp, signature, secret } = inputData;
const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
const expected = crypto.createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
const isOurs = signature.split(' ').some((one) => {
  const given = Buffer.from(one.replace('v1,', ''), 'base64');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
});
if (!isOurs) throw new Error('The signature does not match.');
if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('The event is older than five minutes.');

const event = JSON.parse(body);
output = { event: event.event, event_id: event.event_id, ...event.data };
