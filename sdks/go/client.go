// Package emailverifier is the client for Email Verifier's API, which tells whether a mailbox exists without sending mail.
package emailverifier

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const defaultBaseURL = "http://localhost:3000"

// Client calls the API. It is safe for concurrent use.
type Client struct {
	Verifications *Verifications
	Lists         *Lists
	Credits       *CreditsService
	Feedback      *FeedbackService
	Webhooks      *Webhooks
	Keys          *Keys

	apiKey, baseURL       string
	timeout, totalTimeout time.Duration
	maxRetries            int
	httpClient            *http.Client
}

// Option configures a client.
type Option func(*Client)

// WithAPIKey sets the API key, instead of the environment variable EMAIL_VERIFIER_API_KEY.
func WithAPIKey(key string) Option { return func(c *Client) { c.apiKey = key } }

// WithBaseURL sets the base URL, instead of EMAIL_VERIFIER_BASE_URL; the default is a product started with `npm start` on this machine.
func WithBaseURL(url string) Option { return func(c *Client) { c.baseURL = url } }

// WithTimeout limits one attempt; for an upload or download, the longest pause without data. The default is a minute.
func WithTimeout(timeout time.Duration) Option { return func(c *Client) { c.timeout = timeout } }

// WithTotalTimeout limits a whole call, including retries and waits. A context does the same for one call.
func WithTotalTimeout(timeout time.Duration) Option {
	return func(c *Client) { c.totalTimeout = timeout }
}

// WithMaxRetries sets the number of retries; the default is 2.
func WithMaxRetries(retries int) Option { return func(c *Client) { c.maxRetries = retries } }

// WithHTTPClient sets the HTTP client that sends the requests.
func WithHTTPClient(client *http.Client) Option { return func(c *Client) { c.httpClient = client } }

// NewClient creates a client. The key comes from EMAIL_VERIFIER_API_KEY unless WithAPIKey sets one.
func NewClient(options ...Option) (*Client, error) {
	c := &Client{
		apiKey:     os.Getenv("EMAIL_VERIFIER_API_KEY"),
		baseURL:    firstOf(os.Getenv("EMAIL_VERIFIER_BASE_URL"), defaultBaseURL),
		timeout:    time.Minute,
		maxRetries: 2,
		httpClient: &http.Client{},
	}
	for _, option := range options {
		option(c)
	}
	c.baseURL = strings.TrimRight(c.baseURL, "/")
	if c.apiKey == "" {
		return nil, fmt.Errorf("%w: no API key: use WithAPIKey, or set EMAIL_VERIFIER_API_KEY", ErrConfiguration)
	}
	if strings.ContainsFunc(c.apiKey, func(r rune) bool { return r < '!' || r > '~' }) {
		return nil, fmt.Errorf("%w: the API key has characters that no key has", ErrConfiguration)
	}
	c.Verifications = &Verifications{c}
	c.Lists = &Lists{c}
	c.Credits = &CreditsService{c}
	c.Feedback = &FeedbackService{c}
	c.Webhooks = &Webhooks{c}
	c.Keys = &Keys{c}
	return c, nil
}

// Ptr returns a pointer to value, for optional fields where zero is not the same as omitted.
func Ptr[T any](value T) *T { return &value }

// VerifyParams configures Verify. All fields are optional.
type VerifyParams struct {
	// TimeoutMS is how long, in milliseconds, the API may take before it returns a pending verification.
	TimeoutMS *int `json:"timeout_ms,omitempty"`
	// MaxAgeS is the maximum age, in seconds, of an earlier answer to reuse; 0 asks the mail host again.
	MaxAgeS        *int           `json:"max_age_s,omitempty"`
	Policy         string         `json:"policy,omitempty"`
	Metadata       map[string]any `json:"metadata,omitempty"`
	IdempotencyKey string         `json:"-"`
}

// Verify verifies one address. While its Status is StatusPending, the check is still running; Verifications.Wait returns the verdict.
func (c *Client) Verify(ctx context.Context, email string, params *VerifyParams) (*Verification, error) {
	params = orEmpty(params)
	body := struct {
		Email string `json:"email"`
		*VerifyParams
	}{email, params}
	one := call{method: "POST", path: "/v1/verify/single", body: body, spends: true, idempotencyKey: params.IdempotencyKey}
	return fetchOne[Verification](ctx, c, one)
}

// BatchItem is one address of a batch.
type BatchItem struct {
	Email    string         `json:"email"`
	Ref      string         `json:"ref,omitempty"`
	Metadata map[string]any `json:"metadata,omitempty"`
}

// BatchParams configures VerifyBatch. All fields are optional.
type BatchParams struct {
	Name           string         `json:"name,omitempty"`
	Policy         string         `json:"policy,omitempty"`
	RetentionDays  int            `json:"retention_days,omitempty"`
	Metadata       map[string]any `json:"metadata,omitempty"`
	IdempotencyKey string         `json:"-"`
}

// VerifyBatch verifies up to 1,000 addresses as a list, which starts at once.
func (c *Client) VerifyBatch(ctx context.Context, emails []BatchItem, params *BatchParams) (*EmailList, error) {
	params = orEmpty(params)
	items := make([]any, len(emails))
	for at, item := range emails {
		items[at] = item
		if item.Ref == "" && item.Metadata == nil {
			items[at] = item.Email
		}
	}
	body := struct {
		Emails []any `json:"emails"`
		*BatchParams
	}{items, params}
	one := call{method: "POST", path: "/v1/verify/batch", body: body, spends: true, idempotencyKey: params.IdempotencyKey}
	return fetchOne[EmailList](ctx, c, one)
}

// UsageParams selects a range of days, in the form 2026-11-28, and groups by day, key, status or reason.
type UsageParams struct {
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	GroupBy string `json:"group_by,omitempty"`
}

// Usage summarizes the answers in a range of days.
func (c *Client) Usage(ctx context.Context, params *UsageParams) (*Usage, error) {
	return fetchOne[Usage](ctx, c, call{method: "GET", path: "/v1/usage", query: orEmpty(params)})
}

// Domain returns what is known about a domain.
func (c *Client) Domain(ctx context.Context, name string) (*Domain, error) {
	return fetchOne[Domain](ctx, c, call{method: "GET", path: "/v1/domains/" + url.PathEscape(name)})
}

// Reasons returns every reason with its status, and whether it costs a credit.
func (c *Client) Reasons(ctx context.Context) ([]ReasonInfo, error) {
	return fetchData[ReasonInfo](ctx, c, call{method: "GET", path: "/v1/reasons"})
}

// OpenAPI returns the API's own description.
func (c *Client) OpenAPI(ctx context.Context) (map[string]any, error) {
	return fetchMap(ctx, c, "/v1/openapi.json")
}

// Verifications reads single checks.
type Verifications struct{ client *Client }

// Get reads one check by its id.
func (v *Verifications) Get(ctx context.Context, id string) (*Verification, error) {
	return fetchOne[Verification](ctx, v.client, call{method: "GET", path: "/v1/verifications/" + url.PathEscape(id)})
}

// VerificationFilter filters Verifications.List. All fields are optional.
type VerificationFilter struct {
	// Email, if set, lists every answer about this address, from single checks and lists.
	Email string `json:"email,omitempty"`
	Limit int    `json:"limit,omitempty"`
}

// List iterates over all checks, newest first.
func (v *Verifications) List(filter *VerificationFilter) *Pager[ListedVerification] {
	return newPager[ListedVerification](v.client, "/v1/verifications", orEmpty(filter))
}

// Wait polls until the verdict is final, for two minutes unless params say otherwise. Greylisting takes longer.
func (v *Verifications) Wait(ctx context.Context, id string, params *WaitParams) (*Verification, error) {
	given := *orEmpty(params)
	if given.Timeout == 0 {
		given.Timeout = 2 * time.Minute
	}
	look := func() (*Verification, error) { return v.Get(ctx, id) }
	return poll(ctx, given, look, func(found *Verification) bool { return found.Status != StatusPending })
}

// CreditsService reads the workspace's credits.
type CreditsService struct{ client *Client }

// Get reads the balance and the plan's limits.
func (s *CreditsService) Get(ctx context.Context) (*Credits, error) {
	return fetchOne[Credits](ctx, s.client, call{method: "GET", path: "/v1/credits"})
}

// LedgerFilter filters CreditsService.Ledger. All fields are optional.
type LedgerFilter struct {
	Kind  string `json:"kind,omitempty"`
	Limit int    `json:"limit,omitempty"`
}

// Ledger iterates over everything that changed the credits, newest first.
func (s *CreditsService) Ledger(filter *LedgerFilter) *Pager[LedgerLine] {
	return newPager[LedgerLine](s.client, "/v1/credits/ledger", orEmpty(filter))
}

// FeedbackService accepts reports of what happened to mail.
type FeedbackService struct{ client *Client }

// Outcome is what happened to mail sent to an address: delivered, hard_bounce, soft_bounce or complaint. Set Email or VerificationID.
type Outcome struct {
	Email          string `json:"email,omitempty"`
	VerificationID string `json:"verification_id,omitempty"`
	Outcome        string `json:"outcome"`
	SMTPCode       string `json:"smtp_code,omitempty"`
}

// Report reports one outcome. Reporting the same outcome again changes nothing.
func (s *FeedbackService) Report(ctx context.Context, outcome Outcome) (*Feedback, error) {
	return fetchOne[Feedback](ctx, s.client, call{method: "POST", path: "/v1/feedback", body: outcome, spends: true})
}

// ReportMany returns the answers in the order of the outcomes; one that was not accepted has Error set.
func (s *FeedbackService) ReportMany(ctx context.Context, outcomes []Outcome) ([]Feedback, error) {
	return fetchData[Feedback](ctx, s.client, call{method: "POST", path: "/v1/feedback", body: outcomes, spends: true})
}

func fetchOne[T any](ctx context.Context, c *Client, one call) (*T, error) {
	answer := new(T)
	if err := c.fetch(ctx, one, answer); err != nil {
		return nil, err
	}
	return answer, nil
}

func fetchMap(ctx context.Context, c *Client, path string) (map[string]any, error) {
	answer := map[string]any{}
	err := c.fetch(ctx, call{method: "GET", path: path}, &answer)
	return answer, err
}

func fetchData[T any](ctx context.Context, c *Client, one call) ([]T, error) {
	page, err := fetchOne[Page[T]](ctx, c, one)
	if err != nil {
		return nil, err
	}
	return page.Data, nil
}

func orEmpty[T any](params *T) *T {
	if params == nil {
		return new(T)
	}
	return params
}
