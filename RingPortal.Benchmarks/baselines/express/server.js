// A webhook receiver as most partners write it: Express, raw body, HMAC, one INSERT ... ON CONFLICT, 200.
'use strict';

const crypto = require('node:crypto');
const express = require('express');
const { Pool } = require('pg');

const key = process.env.HMAC_KEY;
const pool = new Pool({ max: 10 });
const app = express();
app.disable('x-powered-by');

app.post('/ring/webhook', express.raw({ type: () => true, limit: '256kb' }), async (req, res) => {
  const claimed = Buffer.from(String(req.get('x-signature') || '').replace(/^sha256=/, ''), 'hex');
  const expected = crypto.createHmac('sha256', key).update(req.body).digest();
  if (claimed.length !== expected.length || !crypto.timingSafeEqual(claimed, expected)) {
    return res.status(401).json({ error: 'invalid_signature' });
  }

  const event = JSON.parse(req.body);
  try {
    const stored = await pool.query(
      'INSERT INTO webhook_events (request_id, account_id, type, payload) VALUES ($1, $2, $3, $4) ON CONFLICT (request_id) DO NOTHING',
      [event.meta.request_id, event.meta.account_id, event.data.type, event]);
    return res.json({ status: stored.rowCount === 1 ? 'accepted' : 'duplicate' });
  } catch {
    return res.status(503).json({ error: 'unavailable' });
  }
});

async function main() {
  await pool.query(`CREATE TABLE IF NOT EXISTS webhook_events (
    request_id text PRIMARY KEY, account_id text, type text, payload jsonb, received_at timestamptz NOT NULL DEFAULT now())`);
  app.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(
    `node ${process.versions.node}, express ${require('express/package.json').version}, pg ${require('pg/package.json').version}`));
}

main();
