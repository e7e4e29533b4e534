using System.Diagnostics;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Collects components in canonical form: neighbours of one kind and attributes become one, and an insert behind a delete moves in front of it.
/// Every operation is made by one of these, so no other can exist.
/// </summary>
/// <remarks>A mutable struct: pass it by ref. <see cref="Rent"/> must be paired with <see cref="Return"/>.</remarks>
internal struct ComponentList
{
    private const int InitialCapacity = 16;
    private const int KeptCapacity = 4096;

    [ThreadStatic]
    private static Component[]? t_spare;

    private Component[] _items;
    private int _count;
    private long _baseLength;
    private long _targetLength;
    private bool _isRich;

    /// <summary>An empty list over a spare array of this thread.</summary>
    public static ComponentList Rent()
    {
        var items = t_spare ?? new Component[InitialCapacity];
        t_spare = null;
        return new ComponentList { _items = items };
    }

    /// <summary>An empty list over an array of its own.</summary>
    public static ComponentList Create() => new() { _items = new Component[4] };

    /// <summary>How many components it holds so far.</summary>
    public readonly int Count => _count;

    /// <summary>Sum of retains and deletes so far.</summary>
    public readonly int BaseLength => (int)_baseLength;

    /// <summary>Sum of retains and inserts so far.</summary>
    public readonly int TargetLength => (int)_targetLength;

    /// <summary>Makes it empty again; a large array is not kept.</summary>
    public void Clear()
    {
        if (_items.Length > KeptCapacity)
            _items = new Component[InitialCapacity];
        else
            _items.AsSpan(0, _count).Clear();

        (_count, _baseLength, _targetLength, _isRich) = (0, 0, 0, false);
    }

    /// <summary>Gives the array back, without what it refers to.</summary>
    public void Return()
    {
        _items.AsSpan(0, _count).Clear();
        if (_items.Length <= KeptCapacity)
            t_spare = _items;

        _items = [];
        _count = 0;
    }

    public void Retain(int length, AttributeMap? attributes)
    {
        Debug.Assert(length > 0, "The caller drops or refuses empty components.");
        Grow(length, length);
        _isRich |= attributes is not null;
        if (_count > 0)
        {
            ref var last = ref _items[_count - 1];
            if (last.Kind == ComponentKind.Retain && AttributeMap.Same(last.AttributesOrNull, attributes))
            {
                last = last.Extend(length);
                return;
            }
        }

        Append(Component.Retain(length, attributes));
    }

    public void Delete(int length)
    {
        Debug.Assert(length > 0, "The caller drops or refuses empty components.");
        Grow(length, 0);
        if (_count > 0 && _items[_count - 1].IsDelete)
            _items[_count - 1] = _items[_count - 1].Extend(length);
        else
            Append(Component.Delete(length));
    }

    /// <summary>Inserts text or an embed; in front of a delete that stands last, since deletes have joined there is at most one.</summary>
    public void Insert(in Component insert)
    {
        Grow(0, insert.Length);
        _isRich |= insert.AttributesOrNull is not null || insert.Kind == ComponentKind.InsertEmbed;
        var place = _count > 0 && _items[_count - 1].IsDelete ? _count - 1 : _count;
        if (place > 0 && _items[place - 1].JoinsText(insert))
        {
            _items[place - 1] = _items[place - 1].JoinText(insert);
            return;
        }

        Append(insert);
        if (place < _count - 1)
            (_items[place], _items[place + 1]) = (_items[place + 1], _items[place]);
    }

    /// <summary>Adds any component, whole.</summary>
    public void Add(in Component component)
    {
        if (component.IsInsert)
            Insert(component);
        else if (component.IsDelete)
            Delete(component.Length);
        else
            Retain(component.Length, component.AttributesOrNull);
    }

    public readonly TextOperation ToOperation() =>
        _count == 0
            ? TextOperation.Empty
            : new TextOperation(_items.AsSpan(0, _count).ToArray(), (int)_baseLength, (int)_targetLength, _isRich);

    private void Append(in Component component)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, Math.Max(InitialCapacity, _count * 2));

        _items[_count++] = component;
    }

    private void Grow(int baseLength, int targetLength)
    {
        _baseLength += baseLength;
        _targetLength += targetLength;
        if (_baseLength > int.MaxValue || _targetLength > int.MaxValue)
            throw Refusal.OutOfRange();
    }
}
