// The card fields, and a list of test cards that fill them.
import { TEST_CARDS } from '../test-cards';
import { html, type Html } from './html';

export const spaced = (number: string): string => number.replaceAll(/(.{4})(?=.)/g, '$1 ');

export const cardFields = (): Html => html`
  <label for="card">Card number</label>
  <input id="card" name="card" inputmode="numeric" autocomplete="off" value="${spaced(TEST_CARDS[0]?.number ?? '')}" />
  <p class="muted small">Any date and any security code would do, so they are not asked for.</p>
`;

/** A button puts the number into the field; this is the only script here. */
export const cardList = (): Html => html`
  <h2>Test cards</h2>
  <table class="cards">
    <tbody>
      ${TEST_CARDS.map(
        ({ number, label }) =>
          html`<tr>
            <td>
              <button type="button" onclick="document.getElementById('card').value=this.textContent">${spaced(number)}</button>
            </td>
            <td>${label}</td>
          </tr>`,
      )}
    </tbody>
  </table>
`;
