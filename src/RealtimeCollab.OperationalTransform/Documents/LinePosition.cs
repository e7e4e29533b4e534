using System.Runtime.InteropServices;

namespace RealtimeCollab.OperationalTransform;

/// <summary>A place in a document as editors show it, both counted from 0. A line ends behind its line feed; CR is a character like any other.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">UTF-16 code units from the line's start.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinePosition(int Line, int Column);
