// Code by Zapier, "Run JavaScript". Input data: email, api_key, base_url.
const response = await fetch(`${inputData.base_url}/v1/verify/single`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${inputData.api_key}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ email: inputData.email, policy: 'signup', timeout_ms: 5000 }),
});
const answer = await response.json();
if (!response.ok) throw new Error(`${answer.code}: ${answer.detail} (${answer.request_id})`);

// In a filter after this step, continue if "recommendation" is "send".
output = {
  email: answer.email ?? inputData.email,
  status: answer.status,
  reason: answer.reason ?? '',
  recommendation: answer.recommendation ?? 'retry',
  did_you_mean: answer.did_you_mean ?? '',
};
