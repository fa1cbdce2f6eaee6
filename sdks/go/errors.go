package emailverifier

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Kinds of errors, for errors.Is. The details of a refusal are in an *APIError.
var (
	ErrInvalidRequest   = errors.New("emailverifier: invalid request")   // 400, 413, 415, 422
	ErrAuthentication   = errors.New("emailverifier: authentication")    // 401
	ErrPaymentRequired  = errors.New("emailverifier: payment required")  // 402: no credits, or the key's budget is used up
	ErrPermissionDenied = errors.New("emailverifier: permission denied") // 403
	ErrNotFound         = errors.New("emailverifier: not found")         // 404
	ErrConflict         = errors.New("emailverifier: conflict")          // 409
	ErrRateLimited      = errors.New("emailverifier: rate limited")      // 429
	ErrServer           = errors.New("emailverifier: server error")      // 500 and above
	ErrMalformedAnswer  = errors.New("emailverifier: malformed answer")  // not in the API's format
	ErrConnection       = errors.New("emailverifier: connection failed")
	ErrTimeout          = errors.New("emailverifier: timed out")
	ErrConfiguration    = errors.New("emailverifier: configuration")
	ErrWebhookSignature = errors.New("emailverifier: webhook signature")
)

// APIError is a refusal by the API. Code is stable and meant for programs, Message is for people, and support asks for RequestID.
type APIError struct {
	StatusCode int
	Code       string
	Message    string
	RequestID  string
	// RetryAfter is how long to wait before retrying; nil if the API did not say.
	RetryAfter *time.Duration
	// Fields says what is wrong with each field.
	Fields map[string]string
}

func (e *APIError) Error() string {
	return fmt.Sprintf("emailverifier: %s (%s, status %d, request %s)", e.Message, e.Code, e.StatusCode, e.RequestID)
}

// Is makes errors.Is work with the error kinds above.
func (e *APIError) Is(target error) bool {
	return target == e.kind()
}

func (e *APIError) kind() error {
	switch {
	case e.Code == "malformed_answer":
		return ErrMalformedAnswer
	case e.StatusCode == 401:
		return ErrAuthentication
	case e.StatusCode == 402:
		return ErrPaymentRequired
	case e.StatusCode == 403:
		return ErrPermissionDenied
	case e.StatusCode == 404:
		return ErrNotFound
	case e.StatusCode == 409:
		return ErrConflict
	case e.StatusCode == 429:
		return ErrRateLimited
	case e.StatusCode >= 500:
		return ErrServer
	}
	return ErrInvalidRequest
}

// ListError means that a list did not complete: it failed, was canceled, or is paused.
type ListError struct {
	// Code is a code such as no_email_column, out_of_credits or cancelled.
	Code    string
	Message string
	List    *EmailList
}

func (e *ListError) Error() string { return "emailverifier: " + e.Message }

func newAPIError(response *http.Response, body []byte) *APIError {
	var problem struct {
		Title, Detail, Code string
		RequestID           string `json:"request_id"`
		Errors              []struct{ Field, Detail string }
	}
	// A body that is not the API's leaves problem empty.
	_ = json.Unmarshal(body, &problem)
	fields := map[string]string{}
	for _, item := range problem.Errors {
		fields[item.Field] = item.Detail
	}
	return &APIError{
		StatusCode: response.StatusCode,
		Code:       firstOf(problem.Code, fmt.Sprintf("http_%d", response.StatusCode)),
		Message:    firstOf(problem.Detail, problem.Title, fmt.Sprintf("The API answered %d.", response.StatusCode)),
		RequestID:  firstOf(problem.RequestID, response.Header.Get("X-Request-Id")),
		RetryAfter: readRetryAfter(response.Header.Get("Retry-After")),
		Fields:     fields,
	}
}

// Seconds, or a date (RFC 9110 10.2.3).
func readRetryAfter(value string) *time.Duration {
	var wait time.Duration
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = max(0, time.Until(at))
	} else {
		return nil
	}
	return &wait
}

func firstOf(words ...string) string {
	for _, word := range words {
		if word != "" {
			return word
		}
	}
	return ""
}
