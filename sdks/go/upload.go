package emailverifier

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// File is a file to upload: made by FromPath or FromReader.
type File struct {
	name string
	// Nil if the size is not known.
	size      *int64
	open      func() (io.ReadCloser, error)
	canReplay bool
}

// FromPath uploads a file of this machine, which is read while it is sent.
func FromPath(path string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	size := info.Size()
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	return &File{name: filepath.Base(path), size: &size, open: open, canReplay: true}, nil
}

// FromReader uploads from any reader. A seekable one can be sent again when a connection breaks; another can't.
func FromReader(name string, reader io.Reader) (*File, error) {
	seeker, canSeek := reader.(io.Seeker)
	if !canSeek {
		open := func() (io.ReadCloser, error) { return io.NopCloser(reader), nil }
		return &File{name: name, open: open}, nil
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	size := end - start
	open := func() (io.ReadCloser, error) {
		_, err := seeker.Seek(start, io.SeekStart)
		return io.NopCloser(reader), err
	}
	return &File{name: name, size: &size, open: open, canReplay: true}, nil
}

// UploadProgress is reported while a file is sent; TotalBytes is -1 if the size is not known.
type UploadProgress struct{ SentBytes, TotalBytes int64 }

// upload is a file as a multipart form: the fields come first, because the API stores the file as it arrives.
type upload struct {
	file       *File
	head, tail string
	boundary   string
	onProgress func(UploadProgress)
}

func newUpload(file *File, params *UploadParams) (*upload, error) {
	fields, err := fieldsOf(params)
	if err != nil {
		return nil, err
	}
	boundary := "ev-" + randomID()
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	var head strings.Builder
	for _, name := range names {
		text := fmt.Sprint(fields[name])
		if object, isObject := fields[name].(map[string]any); isObject {
			encoded, err := json.Marshal(object)
			if err != nil {
				return nil, err
			}
			text = string(encoded)
		}
		fmt.Fprintf(&head, "--%s\r\ncontent-disposition: form-data; name=%q\r\n\r\n%s\r\n", boundary, name, text)
	}
	fileName := strings.NewReplacer("\"", "_", "\r", "_", "\n", "_").Replace(firstOf(params.FileName, file.name))
	fmt.Fprintf(&head, "--%s\r\ncontent-disposition: form-data; name=\"file\"; filename=\"%s\"\r\n", boundary, fileName)
	head.WriteString("content-type: application/octet-stream\r\n\r\n")
	tail := fmt.Sprintf("\r\n--%s--\r\n", boundary)
	return &upload{file: file, head: head.String(), tail: tail, boundary: boundary, onProgress: params.OnUploadProgress}, nil
}

func (u *upload) canReplay() bool { return u.file.canReplay }

func (u *upload) contentType() string { return "multipart/form-data; boundary=" + u.boundary }

func (u *upload) length() int64 {
	if u.file.size == nil {
		return -1
	}
	return int64(len(u.head)) + *u.file.size + int64(len(u.tail))
}

func (u *upload) open(moved func()) (io.ReadCloser, error) {
	file, err := u.file.open()
	if err != nil {
		return nil, err
	}
	counted := &counted{file: file, upload: u, moved: moved}
	return &form{Reader: io.MultiReader(strings.NewReader(u.head), counted, strings.NewReader(u.tail)), Closer: file}, nil
}

type form struct {
	io.Reader
	io.Closer
}

type counted struct {
	file   io.Reader
	upload *upload
	moved  func()
	sent   int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.file.Read(p)
	c.sent += int64(n)
	c.moved()
	if n > 0 && c.upload.onProgress != nil {
		total := int64(-1)
		if c.upload.file.size != nil {
			total = *c.upload.file.size
		}
		c.upload.onProgress(UploadProgress{SentBytes: c.sent, TotalBytes: total})
	}
	return n, err
}
