// Command conformance reads one case a line, runs it with the SDK, and writes its result.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	ev "github.com/email-verifier/email-verifier-go"
)

type options struct {
	APIKey         *string `json:"api_key"`
	BaseURL        *string `json:"base_url"`
	TimeoutMS      *int    `json:"timeout_ms"`
	TotalTimeoutMS *int    `json:"total_timeout_ms"`
	MaxRetries     *int    `json:"max_retries"`
}

type args struct {
	raw            json.RawMessage
	ID             string            `json:"id"`
	Email          string            `json:"email"`
	Emails         []json.RawMessage `json:"emails"`
	IdempotencyKey string            `json:"idempotency_key"`
	Path           string            `json:"path"`
	Text           string            `json:"text"`
	FileName       string            `json:"file_name"`
	Take           int               `json:"take"`
	IntervalMS     int               `json:"interval_ms"`
	TimeoutMS      int               `json:"timeout_ms"`
	Until          string            `json:"until"`
	Items          []ev.Outcome      `json:"items"`
	Domain         string            `json:"domain"`
	Event          string            `json:"event"`
	DeliveryID     string            `json:"delivery_id"`
	Payload        string            `json:"payload"`
	Headers        map[string]string `json:"headers"`
	Secret         json.RawMessage   `json:"secret"`
}

var ctx = context.Background()

func into[T any](a args) *T {
	params := new(T)
	if err := json.Unmarshal(a.raw, params); err != nil {
		panic(err)
	}
	return params
}

func collect[T any](pager *ev.Pager[T], take int) (any, error) {
	items := []T{}
	for (take == 0 || len(items) < take) && pager.Next(ctx) {
		items = append(items, pager.Current())
	}
	return items, pager.Err()
}

func (a args) file() *ev.File {
	file, err := ev.FromPath(a.Path)
	if a.Path == "" {
		file, err = ev.FromReader(a.FileName, strings.NewReader(a.Text))
	}
	if err != nil {
		panic(err)
	}
	return file
}

func (a args) wait() ev.WaitParams {
	return ev.WaitParams{Timeout: time.Duration(a.TimeoutMS) * time.Millisecond, Interval: time.Duration(a.IntervalMS) * time.Millisecond}
}

func toMap(value any) map[string]any {
	text, _ := json.Marshal(value)
	fields := map[string]any{}
	_ = json.Unmarshal(text, &fields)
	return fields
}

func create(c *ev.Client, a args) (any, error) {
	sent, isGrowing := []int64{}, true
	var total int64
	params := into[ev.UploadParams](a)
	params.OnUploadProgress = func(p ev.UploadProgress) {
		isGrowing = isGrowing && (len(sent) == 0 || p.SentBytes > sent[len(sent)-1])
		sent, total = append(sent, p.SentBytes), p.TotalBytes
	}
	list, err := c.Lists.Create(ctx, a.file(), params)
	if err != nil {
		return nil, err
	}
	fields := toMap(list)
	fields["upload"] = map[string]any{"last_sent": sent[len(sent)-1], "last_total": total, "is_growing": isGrowing, "is_often": len(sent) >= 10}
	return fields, nil
}

func verifyList(c *ev.Client, a args) (any, error) {
	told := []int64{}
	params := &ev.VerifyListParams{UploadParams: *into[ev.UploadParams](a), WaitParams: a.wait()}
	params.OnProgress = func(list *ev.EmailList) { told = append(told, list.Progress.Processed) }
	list, rows, err := c.Lists.Verify(ctx, a.file(), params)
	if err != nil {
		return nil, err
	}
	all, err := rows.All(ctx)
	return map[string]any{"list": list, "told": told, "rows": all}, err
}

func waitForList(c *ev.Client, a args) (any, error) {
	told := []int64{}
	params := &ev.WaitListParams{WaitParams: a.wait(), UntilReady: a.Until == "ready"}
	params.OnProgress = func(list *ev.EmailList) { told = append(told, list.Progress.Processed) }
	list, err := c.Lists.Wait(ctx, a.ID, params)
	if err != nil {
		return nil, err
	}
	fields := toMap(list)
	fields["told"] = told
	return fields, nil
}

func download(c *ev.Client, a args) (any, error) {
	body, err := c.Lists.Download(ctx, a.ID, into[ev.DownloadParams](a))
	if err != nil {
		return nil, err
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	return map[string]any{"text": string(text)}, err
}

func batch(c *ev.Client, a args) (any, error) {
	items := make([]ev.BatchItem, len(a.Emails))
	for at, item := range a.Emails {
		if json.Unmarshal(item, &items[at].Email) != nil {
			_ = json.Unmarshal(item, &items[at])
		}
	}
	return c.VerifyBatch(ctx, items, into[ev.BatchParams](a))
}

func unwrap(_ *ev.Client, a args) (any, error) {
	header := http.Header{}
	for name, value := range a.Headers {
		header.Set(name, value)
	}
	secrets := []string{""}
	if json.Unmarshal(a.Secret, &secrets[0]) != nil {
		_ = json.Unmarshal(a.Secret, &secrets)
	}
	return ev.UnwrapWebhook([]byte(a.Payload), header, secrets...)
}

var operations = map[string]func(*ev.Client, args) (any, error){
	"verify": func(c *ev.Client, a args) (any, error) {
		params := into[ev.VerifyParams](a)
		params.IdempotencyKey = a.IdempotencyKey
		return c.Verify(ctx, a.Email, params)
	},
	"verify_batch":      batch,
	"verifications.get": func(c *ev.Client, a args) (any, error) { return c.Verifications.Get(ctx, a.ID) },
	"verifications.list": func(c *ev.Client, a args) (any, error) {
		return collect(c.Verifications.List(into[ev.VerificationFilter](a)), a.Take)
	},
	"verifications.wait": func(c *ev.Client, a args) (any, error) {
		wait := a.wait()
		return c.Verifications.Wait(ctx, a.ID, &wait)
	},
	"lists.create": create,
	"lists.list":   func(c *ev.Client, a args) (any, error) { return collect(c.Lists.List(into[ev.ListFilter](a)), a.Take) },
	"lists.get":    func(c *ev.Client, a args) (any, error) { return c.Lists.Get(ctx, a.ID) },
	"lists.update": func(c *ev.Client, a args) (any, error) {
		return c.Lists.Update(ctx, a.ID, into[ev.UpdateListParams](a))
	},
	"lists.delete": func(c *ev.Client, a args) (any, error) { return c.Lists.Delete(ctx, a.ID) },
	"lists.start":  func(c *ev.Client, a args) (any, error) { return c.Lists.Start(ctx, a.ID, into[ev.StartParams](a)) },
	"lists.pause":  func(c *ev.Client, a args) (any, error) { return c.Lists.Pause(ctx, a.ID) },
	"lists.resume": func(c *ev.Client, a args) (any, error) { return c.Lists.Resume(ctx, a.ID, into[ev.StartParams](a)) },
	"lists.cancel": func(c *ev.Client, a args) (any, error) { return c.Lists.Cancel(ctx, a.ID) },
	"lists.retry_unknowns": func(c *ev.Client, a args) (any, error) {
		return c.Lists.RetryUnknowns(ctx, a.ID, into[ev.StartParams](a))
	},
	"lists.results": func(c *ev.Client, a args) (any, error) {
		return collect(c.Lists.Results(a.ID, into[ev.RowFilter](a)), a.Take)
	},
	"lists.download": download,
	"lists.wait":     waitForList,
	"lists.verify":   verifyList,
	"credits.get":    func(c *ev.Client, a args) (any, error) { return c.Credits.Get(ctx) },
	"credits.ledger": func(c *ev.Client, a args) (any, error) {
		return collect(c.Credits.Ledger(into[ev.LedgerFilter](a)), a.Take)
	},
	"usage":                func(c *ev.Client, a args) (any, error) { return c.Usage(ctx, into[ev.UsageParams](a)) },
	"feedback.report":      func(c *ev.Client, a args) (any, error) { return c.Feedback.Report(ctx, *into[ev.Outcome](a)) },
	"feedback.report_many": func(c *ev.Client, a args) (any, error) { return c.Feedback.ReportMany(ctx, a.Items) },
	"reasons.list":         func(c *ev.Client, a args) (any, error) { return c.Reasons(ctx) },
	"domains.get":          func(c *ev.Client, a args) (any, error) { return c.Domain(ctx, a.Domain) },
	"openapi":              func(c *ev.Client, a args) (any, error) { return c.OpenAPI(ctx) },
	"keys.create":          func(c *ev.Client, a args) (any, error) { return c.Keys.Create(ctx, into[ev.KeyParams](a)) },
	"keys.list":            func(c *ev.Client, a args) (any, error) { return c.Keys.List(ctx) },
	"keys.get":             func(c *ev.Client, a args) (any, error) { return c.Keys.Get(ctx, a.ID) },
	"keys.update":          updateKey,
	"keys.revoke":          func(c *ev.Client, a args) (any, error) { return c.Keys.Revoke(ctx, a.ID) },
	"keys.rotate":          func(c *ev.Client, a args) (any, error) { return c.Keys.Rotate(ctx, a.ID, into[ev.RotateParams](a)) },
	"webhooks.create":      func(c *ev.Client, a args) (any, error) { return c.Webhooks.Create(ctx, into[ev.WebhookParams](a)) },
	"webhooks.list":        func(c *ev.Client, a args) (any, error) { return c.Webhooks.List(ctx) },
	"webhooks.get":         func(c *ev.Client, a args) (any, error) { return c.Webhooks.Get(ctx, a.ID) },
	"webhooks.update": func(c *ev.Client, a args) (any, error) {
		return c.Webhooks.Update(ctx, a.ID, into[ev.WebhookParams](a))
	},
	"webhooks.delete": func(c *ev.Client, a args) (any, error) { return nil, c.Webhooks.Delete(ctx, a.ID) },
	"webhooks.rotate_secret": func(c *ev.Client, a args) (any, error) {
		return c.Webhooks.RotateSecret(ctx, a.ID)
	},
	"webhooks.test": func(c *ev.Client, a args) (any, error) { return c.Webhooks.Test(ctx, a.ID, a.Event) },
	"webhooks.deliveries": func(c *ev.Client, a args) (any, error) {
		return collect(c.Webhooks.Deliveries(a.ID, into[ev.DeliveryFilter](a)), a.Take)
	},
	"webhooks.replay": func(c *ev.Client, a args) (any, error) { return c.Webhooks.Replay(ctx, a.ID, a.DeliveryID) },
	"webhooks.unwrap": unwrap,
}

func updateKey(c *ev.Client, a args) (any, error) {
	change := *into[map[string]any](a)
	delete(change, "id")
	return c.Keys.Update(ctx, a.ID, change)
}

var kinds = []struct {
	err  error
	name string
}{
	{ev.ErrTimeout, "timeout"}, {ev.ErrConnection, "connection"}, {ev.ErrConfiguration, "configuration"},
	{ev.ErrWebhookSignature, "webhook_signature"}, {ev.ErrMalformedAnswer, "malformed_answer"}, {ev.ErrInvalidRequest, "invalid_request"},
	{ev.ErrAuthentication, "authentication"}, {ev.ErrPaymentRequired, "payment_required"}, {ev.ErrPermissionDenied, "permission_denied"},
	{ev.ErrNotFound, "not_found"}, {ev.ErrConflict, "conflict"}, {ev.ErrRateLimited, "rate_limit"}, {ev.ErrServer, "server"},
}

func failure(err error) map[string]any {
	told := map[string]any{"type": "unknown", "message": err.Error()}
	for _, kind := range kinds {
		if errors.Is(err, kind.err) {
			told["type"] = kind.name
			break
		}
	}
	var list *ev.ListError
	if errors.As(err, &list) {
		told["type"], told["code"] = "list", list.Code
	}
	var refused *ev.APIError
	if errors.As(err, &refused) {
		told["code"], told["status"], told["request_id"] = refused.Code, refused.StatusCode, refused.RequestID
		told["message"], told["fields"] = refused.Message, refused.Fields
		if refused.RetryAfter != nil {
			told["retry_after_s"] = refused.RetryAfter.Seconds()
		}
	}
	return told
}

func newClient(o options) (*ev.Client, error) {
	var given []ev.Option
	if o.APIKey != nil {
		given = append(given, ev.WithAPIKey(*o.APIKey))
	}
	if o.BaseURL != nil {
		given = append(given, ev.WithBaseURL(*o.BaseURL))
	}
	if o.TimeoutMS != nil {
		given = append(given, ev.WithTimeout(time.Duration(*o.TimeoutMS)*time.Millisecond))
	}
	if o.TotalTimeoutMS != nil {
		given = append(given, ev.WithTotalTimeout(time.Duration(*o.TotalTimeoutMS)*time.Millisecond))
	}
	if o.MaxRetries != nil {
		given = append(given, ev.WithMaxRetries(*o.MaxRetries))
	}
	return ev.NewClient(given...)
}

func perform(line []byte) (any, error) {
	var one struct {
		Op     string
		Args   json.RawMessage
		Client options
	}
	if err := json.Unmarshal(line, &one); err != nil {
		return nil, err
	}
	a := args{raw: one.Args}
	if err := json.Unmarshal(one.Args, &a); err != nil {
		return nil, err
	}
	operation, isKnown := operations[one.Op]
	if !isKnown {
		return nil, fmt.Errorf("no operation %s", one.Op)
	}
	client, err := newClient(one.Client)
	if err != nil {
		return nil, err
	}
	return operation(client, a)
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		result := map[string]any{}
		if value, err := perform(line); err != nil {
			result["error"] = failure(err)
		} else {
			result["value"] = value
		}
		text, _ := json.Marshal(result)
		fmt.Println(string(text))
	}
}
