package emailverifier

import (
	"context"
	"fmt"
	"time"
)

// Page is a part of a listing. NextCursor is empty on the last one.
type Page[T any] struct {
	Data       []T    `json:"data"`
	NextCursor string `json:"next_cursor"`
}

// Pager goes through all items of a listing, page after page, as they are needed:
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

// Next is false at the end, and after an error.
func (p *Pager[T]) Next(ctx context.Context) bool {
	p.at++
	for p.err == nil && p.at >= len(p.page.Data) && (!p.isBegun || p.page.NextCursor != "") {
		p.page, p.err = p.Page(ctx, p.page.NextCursor)
		p.isBegun, p.at = true, 0
	}
	return p.err == nil && p.at < len(p.page.Data)
}

// Current is the item that Next moved to.
func (p *Pager[T]) Current() T { return p.page.Data[p.at] }

// Err is why Next ended too early.
func (p *Pager[T]) Err() error { return p.err }

// Page reads one page, for those who keep cursors themselves; an empty cursor means the first.
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

// All reads what is left.
func (p *Pager[T]) All(ctx context.Context) ([]T, error) {
	var items []T
	for p.Next(ctx) {
		items = append(items, p.Current())
	}
	return items, p.Err()
}

// WaitParams are all optional.
type WaitParams struct {
	// Timeout is how long to wait in all.
	Timeout time.Duration
	// Interval before the second look; it grows by half each time, up to 5 seconds. The default is half a second.
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
