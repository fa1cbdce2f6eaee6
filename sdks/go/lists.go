package emailverifier

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
)

// Lists manages lists of addresses that are verified together.
type Lists struct{ client *Client }

// UploadParams configures Create. All fields are optional.
type UploadParams struct {
	Name   string `json:"name,omitempty"`
	Policy string `json:"policy,omitempty"`
	// Start starts verifying as soon as the file is read.
	Start bool `json:"start,omitempty"`
	// Mode is full (hold the most credits the list can cost) or until_empty (hold what there is and pause when it runs out).
	Mode          string         `json:"mode,omitempty"`
	CreditCap     int            `json:"credit_cap,omitempty"`
	RetentionDays int            `json:"retention_days,omitempty"`
	Metadata      map[string]any `json:"metadata,omitempty"`
	// EmailColumn is the column's name, or its number, counted from 1.
	EmailColumn      any                  `json:"email_column,omitempty"`
	HasHeader        *bool                `json:"has_header,omitempty"`
	FileName         string               `json:"-"`
	OnUploadProgress func(UploadProgress) `json:"-"`
	IdempotencyKey   string               `json:"-"`
}

// VerifyListParams configures Verify. All fields are optional.
type VerifyListParams struct {
	UploadParams
	WaitParams
	OnProgress func(*EmailList)
}

// Verify uploads a file and verifies it. It returns the completed list and its rows; if the list does not complete, the error is a
// *ListError.
func (l *Lists) Verify(ctx context.Context, file *File, params *VerifyListParams) (*EmailList, *Pager[ListRow], error) {
	params = orEmpty(params)
	settings := params.UploadParams
	settings.Start = true
	list, err := l.Create(ctx, file, &settings)
	if err != nil {
		return nil, nil, err
	}
	if params.OnProgress != nil {
		params.OnProgress(list)
	}
	list, err = l.Wait(ctx, list.ID, &WaitListParams{WaitParams: params.WaitParams, OnProgress: params.OnProgress})
	if err != nil {
		return nil, nil, err
	}
	if list.Status != ListStatusCompleted {
		return nil, nil, newListError(list)
	}
	return list, l.Results(list.ID, nil), nil
}

// Create uploads a file.
func (l *Lists) Create(ctx context.Context, file *File, params *UploadParams) (*EmailList, error) {
	params = orEmpty(params)
	form, err := newUpload(file, params)
	if err != nil {
		return nil, err
	}
	one := call{method: "POST", path: "/v1/lists", upload: form, spends: true, idempotencyKey: params.IdempotencyKey}
	return fetchOne[EmailList](ctx, l.client, one)
}

// ListFilter filters Lists.List. All fields are optional.
type ListFilter struct {
	Status ListStatus `json:"status,omitempty"`
	Limit  int        `json:"limit,omitempty"`
}

// List iterates over all lists, newest first.
func (l *Lists) List(filter *ListFilter) *Pager[EmailList] {
	return newPager[EmailList](l.client, "/v1/lists", orEmpty(filter))
}

// Get reads one list by its id.
func (l *Lists) Get(ctx context.Context, id string) (*EmailList, error) {
	return fetchOne[EmailList](ctx, l.client, call{method: "GET", path: listPath(id)})
}

// UpdateListParams changes how many days a list is kept, or which column holds the addresses.
type UpdateListParams struct {
	RetentionDays int   `json:"retention_days,omitempty"`
	EmailColumn   any   `json:"email_column,omitempty"`
	HasHeader     *bool `json:"has_header,omitempty"`
}

// Update changes a list.
func (l *Lists) Update(ctx context.Context, id string, params *UpdateListParams) (*EmailList, error) {
	return fetchOne[EmailList](ctx, l.client, call{method: "PATCH", path: listPath(id), body: orEmpty(params)})
}

// Delete deletes the list's rows. The list itself is kept, as expired, with its totals.
func (l *Lists) Delete(ctx context.Context, id string) (*EmailList, error) {
	return fetchOne[EmailList](ctx, l.client, call{method: "DELETE", path: listPath(id)})
}

// StartParams configures Start. All fields are optional.
type StartParams struct {
	Mode           string `json:"mode,omitempty"`
	CreditCap      int    `json:"credit_cap,omitempty"`
	EmailColumn    any    `json:"email_column,omitempty"`
	HasHeader      *bool  `json:"has_header,omitempty"`
	IdempotencyKey string `json:"-"`
}

// Start verifies a list that is ready.
func (l *Lists) Start(ctx context.Context, id string, params *StartParams) (*EmailList, error) {
	return l.spend(ctx, id, "start", orEmpty(params))
}

// Resume continues a paused list. It uses only CreditCap of params.
func (l *Lists) Resume(ctx context.Context, id string, params *StartParams) (*EmailList, error) {
	return l.spend(ctx, id, "resume", orEmpty(params))
}

// RetryUnknowns verifies the addresses with an unknown verdict again.
func (l *Lists) RetryUnknowns(ctx context.Context, id string, params *StartParams) (*EmailList, error) {
	return l.spend(ctx, id, "retry-unknowns", orEmpty(params))
}

// Pause pauses a list.
func (l *Lists) Pause(ctx context.Context, id string) (*EmailList, error) {
	return fetchOne[EmailList](ctx, l.client, call{method: "POST", path: listPath(id) + "/pause"})
}

// Cancel stops a list permanently; its answers so far are kept.
func (l *Lists) Cancel(ctx context.Context, id string) (*EmailList, error) {
	return fetchOne[EmailList](ctx, l.client, call{method: "POST", path: listPath(id) + "/cancel"})
}

// RowFilter filters Results. All fields are optional.
type RowFilter struct {
	Status   Status `json:"status,omitempty"`
	Reason   Reason `json:"reason,omitempty"`
	Provider string `json:"provider,omitempty"`
	Q        string `json:"q,omitempty"`
	// Segment is all, send, review, do_not_send or retry.
	Segment string `json:"segment,omitempty"`
	Limit   int    `json:"limit,omitempty"`
}

// Results iterates over the list's rows, even while the list is running.
func (l *Lists) Results(id string, filter *RowFilter) *Pager[ListRow] {
	return newPager[ListRow](l.client, listPath(id)+"/results", orEmpty(filter))
}

// DownloadParams configures Download. All fields are optional.
type DownloadParams struct {
	// Segment is all, send, review, do_not_send, retry or rejected.
	Segment string `json:"segment,omitempty"`
	// Format is csv, xlsx or jsonl.
	Format string `json:"format,omitempty"`
	// Columns are any of own, verdict and details.
	Columns  []string `json:"columns,omitempty"`
	BOM      bool     `json:"bom,omitempty"`
	Status   Status   `json:"status,omitempty"`
	Reason   Reason   `json:"reason,omitempty"`
	Provider string   `json:"provider,omitempty"`
	Q        string   `json:"q,omitempty"`
}

// Download streams the whole list as a file, in its original columns and order. The caller has to close it.
func (l *Lists) Download(ctx context.Context, id string, params *DownloadParams) (io.ReadCloser, error) {
	return l.client.stream(ctx, call{method: "GET", path: listPath(id) + "/download", query: orEmpty(params)})
}

// WaitListParams configures Wait. All fields are optional.
type WaitListParams struct {
	WaitParams
	// UntilReady waits only until the file is read and quoted, not until the list is completed or has stopped.
	UntilReady bool
	OnProgress func(*EmailList)
}

// Wait polls until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen).
func (l *Lists) Wait(ctx context.Context, id string, params *WaitListParams) (*EmailList, error) {
	params = orEmpty(params)
	look := func() (*EmailList, error) {
		list, err := l.Get(ctx, id)
		if err == nil && params.OnProgress != nil {
			params.OnProgress(list)
		}
		return list, err
	}
	return poll(ctx, params.WaitParams, look, func(list *EmailList) bool {
		if params.UntilReady {
			return list.Status != ListStatusUploading && list.Status != ListStatusParsing
		}
		return isStanding(list)
	})
}

func (l *Lists) spend(ctx context.Context, id, move string, params *StartParams) (*EmailList, error) {
	one := call{method: "POST", path: listPath(id) + "/" + move, spends: true, idempotencyKey: params.IdempotencyKey}
	fields, err := fieldsOf(params)
	if err != nil {
		return nil, err
	}
	if len(fields) > 0 {
		one.body = fields
	}
	return fetchOne[EmailList](ctx, l.client, one)
}

func listPath(id string) string { return "/v1/lists/" + url.PathEscape(id) }

func isStanding(list *EmailList) bool {
	ends := []ListStatus{ListStatusCompleted, ListStatusCancelled, ListStatusFailed, ListStatusExpired, ListStatusPaused}
	return slices.Contains(ends, list.Status) || list.Status == ListStatusReady && list.Failure != nil
}

func newListError(list *EmailList) *ListError {
	code := firstOf(list.PauseReason, string(list.Status))
	message := fmt.Sprintf("The list is %s (%s).", list.Status, code)
	if list.Failure != nil {
		code, message = list.Failure.Code, list.Failure.Detail
	}
	return &ListError{Code: code, Message: message, List: list}
}
