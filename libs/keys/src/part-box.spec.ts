import { isPartBox, newPartKey, openPart, partKeyIds, sealPart } from './part-box';

const context = 'event 1';
const part = Buffer.from('{"phone":"+15550100001"}');
const [one, other] = [newPartKey(), newPartKey()];

describe('a sealed part', () => {
  it('comes back as it was, names its keys and shows nothing', () => {
    const box = sealPart([one], part, context);
    expect(isPartBox(box)).toBe(true);
    expect(partKeyIds(box)).toEqual([one.id]);
    expect(openPart([one.secret], box, context)).toEqual(part);
    expect(box.includes('15550100001')).toBe(false);
  });

  it('needs the keys of all whom it concerns', () => {
    const box = sealPart([one, other], part, context);
    expect(partKeyIds(box)).toEqual([one.id, other.id]);
    expect(openPart([one.secret, other.secret], box, context)).toEqual(part);
    expect(() => openPart([one.secret, one.secret], box, context)).toThrow();
    expect(() => openPart([other.secret, one.secret], box, context)).toThrow();
  });

  it('opens for the event that it stands in alone, and not once it was changed', () => {
    const box = sealPart([one], part, context);
    expect(() => openPart([one.secret], box, 'event 2')).toThrow();
    box[box.length - 1]! ^= 1;
    expect(() => openPart([one.secret], box, context)).toThrow();
  });

  it('never looks alike twice', () => {
    const boxes = Array.from({ length: 600 }, () => sealPart([one], part, context).toString('hex'));
    expect(new Set(boxes).size).toBe(600);
  });

  it('is told from the text that a part was before', () => {
    expect(isPartBox(part)).toBe(false);
    expect(isPartBox(Buffer.alloc(0))).toBe(false);
    expect(() => partKeyIds(part)).toThrow('not a sealed part');
    expect(() => partKeyIds(Buffer.of(1, 1, 2))).toThrow('not a sealed part');
    expect(() => sealPart([], part, context)).toThrow(RangeError);
  });
});
