using System.Text;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>A column that mostly repeats the row before: equal bytes give the string that is already there.</summary>
internal sealed class RepeatedText
{
    private byte[] _utf8 = [];
    private string _text = string.Empty;

    public string Read(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual(_utf8))
        {
            _utf8 = utf8.ToArray();
            _text = Encoding.UTF8.GetString(utf8);
        }

        return _text;
    }
}
