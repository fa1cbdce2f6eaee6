package emailverifier

import (
	"context"
	"net/url"
)

// Keys are the API keys of the workspace, for a key with the scope keys:admin: it makes none that reaches further than itself.
type Keys struct{ client *Client }

// KeyParams make a key: a name and scopes, and what bounds it.
type KeyParams struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	// Mode is live, the default, test or pub.
	Mode string `json:"mode,omitempty"`
	// ExpiresAt is ISO 8601.
	ExpiresAt string `json:"expires_at,omitempty"`
	// MonthlyBudget is in credits; 0 means none.
	MonthlyBudget  int64    `json:"monthly_budget,omitempty"`
	AllowedIPs     []string `json:"allowed_ips,omitempty"`
	AllowedOrigins []string `json:"allowed_origins,omitempty"`
}

// Create gives the secret in Key, this once.
func (k *Keys) Create(ctx context.Context, params *KeyParams) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "POST", path: "/v1/keys", body: orEmpty(params)})
}

// List reads all of them.
func (k *Keys) List(ctx context.Context) ([]ApiKey, error) {
	return fetchData[ApiKey](ctx, k.client, call{method: "GET", path: "/v1/keys"})
}

// Get reads one by its id.
func (k *Keys) Get(ctx context.Context, id string) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "GET", path: keyPath(id)})
}

// Update changes what is named, by the API's own names; nil lifts a bound.
func (k *Keys) Update(ctx context.Context, id string, change map[string]any) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "PATCH", path: keyPath(id), body: change})
}

// Revoke ends one for good.
func (k *Keys) Revoke(ctx context.Context, id string) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "DELETE", path: keyPath(id)})
}

// RotateParams are all optional.
type RotateParams struct {
	// OldHours is how long the old secret works beside the new one: 24 unless given; Ptr(0) ends it at once.
	OldHours *int `json:"old_hours,omitempty"`
}

// Rotate gives the new secret in Key, this once.
func (k *Keys) Rotate(ctx context.Context, id string, params *RotateParams) (*ApiKey, error) {
	return fetchOne[ApiKey](ctx, k.client, call{method: "POST", path: keyPath(id) + "/rotate", body: orEmpty(params)})
}

func keyPath(id string) string { return "/v1/keys/" + url.PathEscape(id) }
