package emailverifier

import (
	"context"
	"net/url"
)

// Keys manages the workspace's API keys. Needs a key with the scope keys:admin, which cannot create a key with more rights than its own.
type Keys struct{ client *Client }

// KeyParams describes a new key: a name and scopes, and its limits.
type KeyParams struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	// Mode is live (the default), test or pub.
	Mode string `json:"mode,omitempty"`
	// ExpiresAt is a time in ISO 8601.
	ExpiresAt string `json:"expires_at,omitempty"`
	// MonthlyBudget is in credits for each calendar month; 0 means no budget.
	MonthlyBudget  int64    `json:"monthly_budget,omitempty"`
	AllowedIPs     []string `json:"allowed_ips,omitempty"`
	AllowedOrigins []string `json:"allowed_origins,omitempty"`
}

// Create returns the new key. Key holds its secret, which is shown only once.
func (k *Keys) Create(ctx context.Context, params *KeyParams) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "POST", path: "/v1/keys", body: orEmpty(params)})
}

// List returns all keys.
func (k *Keys) List(ctx context.Context) ([]ApiKey, error) {
	return fetchData[ApiKey](ctx, k.client, call{method: "GET", path: "/v1/keys"})
}

// Get reads one key by its id.
func (k *Keys) Get(ctx context.Context, id string) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "GET", path: keyPath(id)})
}

// Update changes the given fields, by the API's own names; nil removes a limit.
func (k *Keys) Update(ctx context.Context, id string, change map[string]any) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "PATCH", path: keyPath(id), body: change})
}

// Revoke revokes a key permanently.
func (k *Keys) Revoke(ctx context.Context, id string) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "DELETE", path: keyPath(id)})
}

// RotateParams configures Rotate. All fields are optional.
type RotateParams struct {
	// OldHours is how many hours the old secret still works; the default is 24, and Ptr(0) ends it at once.
	OldHours *int `json:"old_hours,omitempty"`
}

// Rotate replaces a key's secret. Key holds the new secret, which is shown only once.
func (k *Keys) Rotate(ctx context.Context, id string, params *RotateParams) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "POST", path: keyPath(id) + "/rotate", body: orEmpty(params)})
}

func keyPath(id string) string { return "/v1/keys/" + url.PathEscape(id) }
