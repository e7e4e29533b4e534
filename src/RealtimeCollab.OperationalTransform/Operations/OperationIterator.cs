using System.Runtime.CompilerServices;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Walks an operation, splitting components where the other operation's end; compose and transform are loops over two of these.</summary>
internal ref struct OperationIterator
{
    private readonly ReadOnlySpan<Component> _components;
    private int _index;
    private int _offset;

    public OperationIterator(TextOperation operation) => _components = operation.Components;

    public readonly bool AtEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)_index >= (uint)_components.Length;
    }

    /// <summary>The component at hand, whole. Not to be asked at the end.</summary>
    public readonly ref readonly Component Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _components[_index];
    }

    /// <summary>What is left of the component at hand.</summary>
    public readonly int Remaining
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _components[_index].Length - _offset;
    }

    public readonly bool AtInsert
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !AtEnd && _components[_index].IsInsert;
    }

    /// <summary>The next part of the component at hand, without moving on.</summary>
    public readonly Component Peek(int length) => _components[_index].Slice(_offset, length);

    /// <summary>Moves on by at most what is left of the component at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int length)
    {
        _offset += length;
        if (_offset == _components[_index].Length)
            AdvanceComponent();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AdvanceComponent()
    {
        _index++;
        _offset = 0;
    }
}
