// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { RowKeys } from './row-keys';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show() {
  const opened = vi.fn((event: MouseEvent) => event.preventDefault());
  const tab = vi.spyOn(window, 'open').mockReturnValue(null);
  render(
    <>
      <table>
        <tbody>
          <tr>
            <td>
              <a href="https://example.com/lists/x?row=1" data-row-link ref={(link) => link?.addEventListener('click', opened)}>
                ann@example.com
              </a>
            </td>
            <td>Deliverable</td>
            <td>
              <button type="button">Copy</button>
            </td>
          </tr>
          <tr>
            <td>no link</td>
          </tr>
        </tbody>
      </table>
      <RowKeys />
    </>,
  );
  return { opened, tab, click: (text: string, how = {}) => fireEvent.click(screen.getByText(text), how) };
}

it('a click anywhere in a row opens it, once', () => {
  const { opened, click } = show();
  click('Deliverable');
  expect(opened).toHaveBeenCalledTimes(1);
  click('ann@example.com');
  expect(opened).toHaveBeenCalledTimes(2);
});

it('with Ctrl or the middle button it opens in a new tab', () => {
  const { opened, tab, click } = show();
  click('Deliverable', { ctrlKey: true });
  fireEvent(screen.getByText('Deliverable'), new MouseEvent('auxclick', { bubbles: true, button: 1 }));
  expect(tab.mock.calls).toEqual(Array(2).fill([expect.stringMatching(/\/lists\/x\?row=1$/), '_blank', 'noopener']));
  fireEvent(screen.getByText('Deliverable'), new MouseEvent('auxclick', { bubbles: true, button: 2 }));
  expect([opened.mock.calls.length, tab.mock.calls.length]).toEqual([0, 2]);
});

it('ignores elements with their own action, rows without a link, and selected text', () => {
  const { opened, click } = show();
  click('Copy');
  click('no link');
  window.getSelection()?.selectAllChildren(screen.getByText('Deliverable'));
  click('Deliverable');
  expect(opened).not.toHaveBeenCalled();
});
