package emailverifier

import (
	"context"
	"fmt"
	"time"
)

// Page is one page of a listing. NextCursor is empty on the last page.
type Page[T any] struct {
	Data       []T    `json:"data"`
	NextCursor string `json:"next_cursor"`
}

// Pager iterates over all items of a listing and loads pages as needed:
//
//	rows := client.Lists.Results(id, nil)
//	for rows.Next(ctx) {
//		fmt.Println(rows.Current().Email)
//	}
//	if err := rows.Err(); err != nil { … }
type Pager[T any] struct {
	client  *Client
	path    string
	query   map[string]any
	page    Page[T]
	at      int
	isBegun bool
	err     error
}

func newPager[T any](client *Client, path string, filter any) *Pager[T] {
	query, err := fieldsOf(filter)
	return &Pager[T]{client: client, path: path, query: query, err: err}
}

// Next moves to the next item. It returns false at the end and after an error.
func (p *Pager[T]) Next(ctx context.Context) bool {
	p.at++
	for p.err == nil && p.at >= len(p.page.Data) && (!p.isBegun || p.page.NextCursor != "") {
		p.page, p.err = p.Page(ctx, p.page.NextCursor)
		p.isBegun, p.at = true, 0
	}
	return p.err == nil && p.at < len(p.page.Data)
}

// Current returns the item that Next moved to.
func (p *Pager[T]) Current() T { return p.page.Data[p.at] }

// Err returns the error that ended the iteration, if any.
func (p *Pager[T]) Err() error { return p.err }

// Page reads one page, if you keep cursors yourself; an empty cursor means the first.
func (p *Pager[T]) Page(ctx context.Context, cursor string) (Page[T], error) {
	query := map[string]any{}
	for name, value := range p.query {
		query[name] = value
	}
	if cursor != "" {
		query["cursor"] = cursor
	}
	page, err := fetchOne[Page[T]](ctx, p.client, call{method: "GET", path: p.path, query: query})
	return *orEmpty(page), err
}

// All reads all remaining items.
func (p *Pager[T]) All(ctx context.Context) ([]T, error) {
	var items []T
	for p.Next(ctx) {
		items = append(items, p.Current())
	}
	return items, p.Err()
}

// WaitParams configures waiting. All fields are optional.
type WaitParams struct {
	// Timeout is the total time to wait.
	Timeout time.Duration
	// Interval is the delay before the second poll; it grows by half each time, up to 5 seconds. The default is half a second.
	Interval time.Duration
}

const pollMax = 5 * time.Second

func poll[T any](ctx context.Context, params WaitParams, look func() (*T, error), isDone func(*T) bool) (*T, error) {
	wait := params.Interval
	if wait == 0 {
		wait = 500 * time.Millisecond
	}
	most := max(pollMax, wait)
	endsAt := time.Now().Add(params.Timeout)
	for {
		found, err := look()
		if err != nil || isDone(found) {
			return found, err
		}
		if params.Timeout > 0 && time.Now().Add(wait).After(endsAt) {
			return nil, fmt.Errorf("%w: not done within %s", ErrTimeout, params.Timeout)
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
		wait = min(most, wait*3/2)
	}
}
