using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>
/// Writes lines into a document, each at the beginning of a line that is there and unlike any other, and now and then takes back one of its own. So
/// whatever others do, in the end each line is there once, or is not.
/// </summary>
internal sealed class Writer(Person person, DocumentRecord record, Random random)
{
    private const int TakesBackOneOf = 5;

    private readonly Lock _lock = new();
    private readonly List<string> _own = [];
    private readonly List<string> _unsaved = [];
    private int _written;

    /// <summary>The server cannot take what is not saved (history beyond its horizon is gone): it is given up, and nobody knows what became of it.</summary>
    public Task GiveUpAsync()
    {
        lock (_lock)
        {
            foreach (var line in _unsaved)
            {
                _own.Remove(line);
                record.GaveUp(line);
            }
        }

        return person.Document.ResolveConflictAsync(ConflictResolution.Discard);
    }

    /// <summary>One more change.</summary>
    public void Write()
    {
        lock (_lock)
        {
            if (!person.Document.HasUnsavedEdits)
                _unsaved.Clear();
            WriteOrTakeBack();
        }
    }

    private void WriteOrTakeBack()
    {
        if (_own.Count > 1 && random.Next(TakesBackOneOf) == 0)
            TakeBack();
        else
            WriteLine();
    }

    private void WriteLine()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{person.Name} {++_written}");
        person.Document.Edit(content =>
        {
            var text = content.ToString();
            var somewhere = random.Next(text.Length + 1);
            var position = somewhere == 0 ? 0 : text.LastIndexOf('\n', somewhere - 1) + 1;
            return TextOperation.Replace(content.Length, position, 0, line + "\n");
        });
        _own.Add(line);
        _unsaved.Add(line);
        record.Wrote(line);
    }

    private void TakeBack()
    {
        var index = random.Next(_own.Count);
        var line = _own[index];
        var isThere = false;
        person.Document.Edit(content =>
        {
            var position = Find(content.ToString(), line);
            isThere = position >= 0;
            return isThere ? TextOperation.Replace(content.Length, position, line.Length + 1, string.Empty) : TextOperation.Replace(content.Length, 0, 0, string.Empty);
        });
        // a line that is missing is a violation, and stays one
        if (!isThere)
            return;
        _own.RemoveAt(index);
        _unsaved.Add(line);
        record.TookBack(line);
    }

    private static int Find(string text, string line)
    {
        if (text.StartsWith(line + "\n", StringComparison.Ordinal))
            return 0;
        var before = text.IndexOf($"\n{line}\n", StringComparison.Ordinal);
        return before < 0 ? -1 : before + 1;
    }
}
