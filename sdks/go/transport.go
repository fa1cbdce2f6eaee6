package emailverifier

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"
)

const (
	backOffFirst = 500 * time.Millisecond
	backOffMax   = 8 * time.Second
	// If the API asks for a longer wait than this, the call fails instead of waiting.
	retryAfterMax = time.Minute
)

// call is one API call. One that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged
// twice; a POST without one is retried only if it was refused before it began.
type call struct {
	method, path   string
	query          any
	body           any
	upload         *upload
	spends         bool
	idempotencyKey string
}

type attempt struct {
	call
	url     string
	body    []byte
	timeout time.Duration
}

var errAttemptOver = errors.New("the attempt's time is over")

// fetch runs a call and reads its answer into answer.
func (c *Client) fetch(ctx context.Context, one call, answer any) error {
	return c.run(ctx, one, func(ctx context.Context, a attempt) error {
		limit := startLimit(ctx, a.timeout)
		defer limit.end()
		response, err := c.send(limit, a)
		if err != nil {
			return limit.explain(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return limit.explain(err)
		}
		if response.StatusCode < 200 || response.StatusCode > 299 {
			return newAPIError(response, body)
		}
		if err := json.Unmarshal(body, answer); err != nil {
			malformed := newAPIError(response, nil)
			malformed.Code = "malformed_answer"
			malformed.Message = fmt.Sprintf("The answer is not what the API promises: %.200s", body)
			return malformed
		}
		return nil
	})
}

// stream runs a call and returns its answer's body.
func (c *Client) stream(ctx context.Context, one call) (io.ReadCloser, error) {
	var body io.ReadCloser
	err := c.run(ctx, one, func(ctx context.Context, a attempt) error {
		limit := startLimit(ctx, a.timeout)
		response, err := c.send(limit, a)
		if err != nil {
			limit.end()
			return limit.explain(err)
		}
		body = &streamed{body: response.Body, limit: limit}
		if response.StatusCode >= 200 && response.StatusCode < 300 {
			return nil
		}
		defer body.Close()
		text, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		return newAPIError(response, text)
	})
	if err != nil {
		return nil, err
	}
	return body, nil
}

func (c *Client) run(ctx context.Context, one call, once func(context.Context, attempt) error) error {
	a, err := c.prepare(one)
	if err != nil {
		return err
	}
	endsAt := time.Now().Add(c.totalTimeout)
	for retries := 0; ; retries++ {
		a.timeout = c.timeout
		if c.totalTimeout > 0 {
			a.timeout = min(c.timeout, time.Until(endsAt))
		}
		err := once(ctx, a)
		if err == nil || ctx.Err() != nil {
			return err
		}
		wait, isWorthIt := retryAfter(err, retries, a)
		if !isWorthIt || retries >= c.maxRetries || c.totalTimeout > 0 && time.Now().Add(wait).After(endsAt) {
			return err
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

func (c *Client) prepare(one call) (attempt, error) {
	a := attempt{call: one, url: c.baseURL + one.path}
	query, err := queryOf(one.query)
	if err != nil {
		return a, err
	}
	if len(query) > 0 {
		a.url += "?" + query.Encode()
	}
	if one.body != nil {
		if a.body, err = json.Marshal(one.body); err != nil {
			return a, err
		}
	}
	if one.spends && one.idempotencyKey == "" {
		a.idempotencyKey = randomID()
	}
	return a, nil
}

func (c *Client) send(limit *limit, a attempt) (*http.Response, error) {
	var body io.Reader
	if a.upload != nil {
		file, err := a.upload.open(limit.restart)
		if err != nil {
			return nil, err
		}
		body = file
	} else if a.body != nil {
		body = bytes.NewReader(a.body)
	}
	request, err := http.NewRequestWithContext(limit.ctx, a.method, a.url, body)
	if err != nil {
		return nil, err
	}
	header := request.Header
	header.Set("Authorization", "Bearer "+c.apiKey)
	header.Set("Accept", "application/json")
	header.Set("User-Agent", "email-verifier-go/"+Version+" ("+runtime.Version()+")")
	if a.idempotencyKey != "" {
		header.Set("Idempotency-Key", a.idempotencyKey)
	}
	if a.upload != nil {
		header.Set("Content-Type", a.upload.contentType())
		request.ContentLength = a.upload.length()
	} else if a.body != nil {
		header.Set("Content-Type", "application/json")
	}
	return c.httpClient.Do(request)
}

// retryAfter returns the delay until the next attempt, and whether there should be one. Exponential with full jitter, unless the API
// names a delay.
func retryAfter(err error, retries int, a attempt) (time.Duration, bool) {
	backOff := time.Duration(mathrand.Int63n(int64(min(backOffMax, backOffFirst<<min(retries, 10)))))
	isRepeatable := a.method != http.MethodPost || a.idempotencyKey != ""
	if a.upload != nil && !a.upload.canReplay() {
		return 0, false
	}
	var refused *APIError
	if !errors.As(err, &refused) {
		return backOff, isRepeatable && errors.Is(err, ErrConnection)
	}
	if refused.Code == "malformed_answer" {
		return 0, false
	}
	wasRefusedUnread := refused.StatusCode == 429 || refused.StatusCode == 503
	// 409: an earlier attempt of this same request is still running.
	isPassing := wasRefusedUnread || isRepeatable && (refused.StatusCode >= 500 || refused.Code == "idempotency_in_progress")
	if refused.RetryAfter == nil {
		return backOff, isPassing
	}
	return *refused.RetryAfter, isPassing && *refused.RetryAfter <= retryAfterMax
}

// limit ends an attempt when no data has moved for too long.
type limit struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	caller  context.Context
	timer   *time.Timer
	timeout time.Duration
}

func startLimit(caller context.Context, timeout time.Duration) *limit {
	ctx, cancel := context.WithCancelCause(caller)
	timer := time.AfterFunc(timeout, func() { cancel(errAttemptOver) })
	return &limit{ctx: ctx, cancel: cancel, caller: caller, timer: timer, timeout: timeout}
}

func (l *limit) restart() { l.timer.Reset(l.timeout) }

func (l *limit) end() {
	l.timer.Stop()
	l.cancel(nil)
}

func (l *limit) explain(err error) error {
	if l.caller.Err() != nil {
		return l.caller.Err()
	}
	if context.Cause(l.ctx) == errAttemptOver {
		return fmt.Errorf("%w: no answer within %s (%w)", ErrTimeout, l.timeout, ErrConnection)
	}
	return fmt.Errorf("%w: %w", ErrConnection, err)
}

// streamed is a body that fails when no data comes for too long.
type streamed struct {
	body  io.ReadCloser
	limit *limit
}

func (s *streamed) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	if err != nil && err != io.EOF {
		return n, s.limit.explain(err)
	}
	s.limit.restart()
	return n, err
}

func (s *streamed) Close() error {
	s.limit.end()
	return s.body.Close()
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// queryOf turns a struct with JSON tags into a query: lists are joined with commas.
func queryOf(params any) (url.Values, error) {
	query := url.Values{}
	fields, err := fieldsOf(params)
	for name, value := range fields {
		if items, isList := value.([]any); isList {
			words := make([]string, len(items))
			for at, item := range items {
				words[at] = fmt.Sprint(item)
			}
			value = strings.Join(words, ",")
		}
		query.Set(name, fmt.Sprint(value))
	}
	return query, err
}

// fieldsOf returns the fields of a struct by their JSON names.
func fieldsOf(params any) (map[string]any, error) {
	fields := map[string]any{}
	if params == nil {
		return fields, nil
	}
	text, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return fields, decoder.Decode(&fields)
}

func randomID() string {
	id := make([]byte, 16)
	// crypto/rand fails only if the system has no source of randomness at all.
	if _, err := rand.Read(id); err != nil {
		panic(err)
	}
	return fmt.Sprintf("%x", id)
}
