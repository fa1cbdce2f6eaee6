package emailverifier

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Webhooks manages webhook endpoints, which receive events.
type Webhooks struct{ client *Client }

// WebhookParams describes an endpoint. For a change, all fields are optional.
type WebhookParams struct {
	URL         string   `json:"url,omitempty"`
	Events      []string `json:"events,omitempty"`
	Description string   `json:"description,omitempty"`
	// State is enabled or disabled; not for a new endpoint.
	State string `json:"state,omitempty"`
}

// Create returns the new endpoint with its secret, which is shown only once.
func (w *Webhooks) Create(ctx context.Context, params *WebhookParams) (*Webhook, error) {
	return fetchOne[Webhook](ctx, w.client, call{method: "POST", path: "/v1/webhooks", body: orEmpty(params)})
}

// List returns all endpoints.
func (w *Webhooks) List(ctx context.Context) ([]Webhook, error) {
	return fetchData[Webhook](ctx, w.client, call{method: "GET", path: "/v1/webhooks"})
}

// Get reads one endpoint by its id.
func (w *Webhooks) Get(ctx context.Context, id string) (*Webhook, error) {
	return fetchOne[Webhook](ctx, w.client, call{method: "GET", path: webhookPath(id)})
}

// Update changes an endpoint.
func (w *Webhooks) Update(ctx context.Context, id string, params *WebhookParams) (*Webhook, error) {
	return fetchOne[Webhook](ctx, w.client, call{method: "PATCH", path: webhookPath(id), body: orEmpty(params)})
}

// Delete removes an endpoint.
func (w *Webhooks) Delete(ctx context.Context, id string) error {
	return w.client.fetch(ctx, call{method: "DELETE", path: webhookPath(id)}, &map[string]any{})
}

// RotateSecret returns the new secret, which is shown only once. For a while, the old secret signs as well.
func (w *Webhooks) RotateSecret(ctx context.Context, id string) (*Webhook, error) {
	return fetchOne[Webhook](ctx, w.client, call{method: "POST", path: webhookPath(id) + "/rotate-secret"})
}

// Test sends a test event; an empty event picks any.
func (w *Webhooks) Test(ctx context.Context, id, event string) (*Delivery, error) {
	body := map[string]string{}
	if event != "" {
		body["event"] = event
	}
	return fetchOne[Delivery](ctx, w.client, call{method: "POST", path: webhookPath(id) + "/test", body: body})
}

// DeliveryFilter filters Deliveries. All fields are optional.
type DeliveryFilter struct {
	// State is pending, delivered or failed.
	State string `json:"state,omitempty"`
	Limit int    `json:"limit,omitempty"`
}

// Deliveries iterates over all deliveries, newest first.
func (w *Webhooks) Deliveries(id string, filter *DeliveryFilter) *Pager[Delivery] {
	return newPager[Delivery](w.client, webhookPath(id)+"/deliveries", orEmpty(filter))
}

// Replay delivers the same event again.
func (w *Webhooks) Replay(ctx context.Context, id, deliveryID string) (*Delivery, error) {
	path := webhookPath(id) + "/deliveries/" + url.PathEscape(deliveryID) + "/replay"
	return fetchOne[Delivery](ctx, w.client, call{method: "POST", path: path})
}

func webhookPath(id string) string { return "/v1/webhooks/" + url.PathEscape(id) }

const tolerance = 5 * time.Minute

// UnwrapWebhook verifies a webhook's signature (Standard Webhooks) and returns its event, or ErrWebhookSignature if it is not from us.
// Pass the body exactly as received. Pass several secrets while one is being replaced.
func UnwrapWebhook(payload []byte, header http.Header, secrets ...string) (*WebhookEvent, error) {
	id, timestamp := header.Get("Webhook-Id"), header.Get("Webhook-Timestamp")
	signatures := header.Get("Webhook-Signature")
	if id == "" || timestamp == "" || signatures == "" {
		return nil, fmt.Errorf("%w: a header is missing", ErrWebhookSignature)
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return nil, fmt.Errorf("%w: the timestamp is too far from now", ErrWebhookSignature)
	}
	signed := append([]byte(id+"."+timestamp+"."), payload...)
	for _, secret := range secrets {
		for _, word := range strings.Fields(signatures) {
			if signature, isOurs := strings.CutPrefix(word, "v1,"); isOurs && isSignedBy(secret, signature, signed) {
				event := new(WebhookEvent)
				return event, json.Unmarshal(payload, event)
			}
		}
	}
	return nil, fmt.Errorf("%w: none is ours", ErrWebhookSignature)
}

// hmac.Equal compares in constant time.
func isSignedBy(secret, signature string, signed []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	given, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(signed)
	return hmac.Equal(given, mac.Sum(nil))
}
