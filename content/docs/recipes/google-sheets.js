/**
 * Verifies email addresses. Returns the status, the reason and the recommendation of each, in three columns.
 *
 * @param {string|string[][]} emails A cell or a column of addresses.
 * @return {string[][]} One row per address.
 * @customfunction
 */
function VERIFY_EMAIL(emails) {
  const rows = Array.isArray(emails) ? emails : [[emails]];
  const addresses = rows.map((row) => String(row[0]).trim());
  const known = CacheService.getScriptCache().getAll(addresses.filter(Boolean));
  const asked = [...new Set(addresses)].filter((email) => email !== '' && !known[email]);
  // Ten at a time: the smallest plan allows twenty at once.
  for (let at = 0; at < asked.length; at += 10) {
    const group = asked.slice(at, at + 10);
    UrlFetchApp.fetchAll(group.map(requestFor)).forEach((response, index) => {
      known[group[index]] = rowOf(response, group[index]);
    });
  }
  return addresses.map((email) => (email === '' ? ['', '', ''] : JSON.parse(known[email])));
}

function requestFor(email) {
  const settings = PropertiesService.getScriptProperties();
  return {
    url: settings.getProperty('EMAIL_VERIFIER_BASE_URL') + '/v1/verify/single',
    method: 'post',
    contentType: 'application/json',
    headers: { Authorization: 'Bearer ' + settings.getProperty('EMAIL_VERIFIER_API_KEY') },
    payload: JSON.stringify({ email: email, timeout_ms: 10000 }),
    muteHttpExceptions: true,
  };
}

function rowOf(response, email) {
  const answer = JSON.parse(response.getContentText());
  if (response.getResponseCode() >= 400) return JSON.stringify(['error', answer.code, answer.detail]);
  const row = JSON.stringify([answer.status, answer.reason || '', answer.recommendation || '']);
  // A sheet recalculates at each change, so answers are kept for six hours. Those not known yet are checked again.
  if (answer.status !== 'pending' && answer.status !== 'unknown') CacheService.getScriptCache().put(email, row, 21600);
  return row;
}
