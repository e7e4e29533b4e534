using System.Runtime.InteropServices;

namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>A stretch of a leaf with the same attributes, or one embed. Null attributes are none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Run(int Length, AttributeMap? Attributes, Embed? Embed)
{
    public bool IsPlain => Attributes is null && Embed is null;

    public bool Joins(in Run next) => Embed is null && next.Embed is null && AttributeMap.Same(Attributes, next.Attributes);
}
