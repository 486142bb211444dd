// zeren (责任) for C#: .NET Framework 4, Mono, .NET. Text crosses as UTF-8 bytes, never as a marshalled string.
//
// What goes in and comes out is JSON. Every handle may be used from any thread; Dispose it, or its finalizer does.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Zeren
{
    /// <summary>A call was refused; the state is as it was before.</summary>
    public class ZerenException : Exception
    {
        /// <summary>The number of zeren.h, for example 11 for what is impossible in this state.</summary>
        public int Status { get; private set; }

        /// <summary>The whole error: kind, status, and findings with code, pointer and sentences.</summary>
        public string Json { get; private set; }

        internal ZerenException(int status, string message, string json) : base(message)
        {
            Status = status;
            Json = json;
        }
    }

    /// <summary>The ledger has moved on: roll back, follow the new lines, then prepare again.</summary>
    public sealed class ConflictException : ZerenException
    {
        internal ConflictException(int status, string message, string json) : base(status, message, json) { }
    }

    /// <summary>A handle; the runtime keeps it alive while a call uses it.</summary>
    public abstract class Handle : SafeHandle
    {
        protected Handle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    }

    public sealed class SystemHandle : Handle
    {
        protected override bool ReleaseHandle() { Native.zeren_system_free(handle); return true; }
    }

    public sealed class PreparedHandle : Handle
    {
        protected override bool ReleaseHandle() { Native.zeren_prepared_free(handle); return true; }
    }

    public sealed class SchemeHandle : Handle
    {
        protected override bool ReleaseHandle() { Native.zeren_scheme_free(handle); return true; }
    }

    public sealed class YearHandle : Handle
    {
        protected override bool ReleaseHandle() { Native.zeren_year_free(handle); return true; }
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TextOut
    {
        internal IntPtr Data;
        internal UIntPtr Length;
    }

    internal static class Native
    {
        private const string Library = "zeren";
        private const CallingConvention C = CallingConvention.Cdecl;

        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_abi_version();
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_version(out TextOut text);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_text_free(ref TextOut text);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_error_json(IntPtr error, out TextOut text);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_error_message(IntPtr error, out TextOut text);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_error_free(IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_system_open(byte[] ledger, UIntPtr ledgerLength, byte[] lines, UIntPtr linesLength, out SystemHandle system, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_system_prepare(SystemHandle system, byte[] request, UIntPtr length, out PreparedHandle prepared, out TextOut lines, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_system_commit(SystemHandle system, PreparedHandle prepared, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_system_follow(SystemHandle system, byte[] lines, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_system_view(SystemHandle system, byte[] query, UIntPtr length, out TextOut text, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_system_free(IntPtr system);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_prepared_free(IntPtr prepared);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_ledger_verify(byte[] ledger, UIntPtr ledgerLength, byte[] lines, UIntPtr linesLength, out TextOut head, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_scheme_parse(byte[] scheme, UIntPtr length, out SchemeHandle handle, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_scheme_read_back(SchemeHandle scheme, out TextOut text, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_scheme_check(SchemeHandle scheme, out TextOut text, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_scheme_score(SchemeHandle scheme, byte[] facts, UIntPtr length, out TextOut sheet, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_scheme_free(IntPtr scheme);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_year_new(out YearHandle year, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int zeren_year_assess(YearHandle year, SystemHandle system, SchemeHandle scheme, byte[] query, UIntPtr length, out TextOut text, out IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern void zeren_year_free(IntPtr year);
    }

    internal static class Call
    {
        private const int Abi = 0;
        private const int Ok = 0;
        private const int Conflict = 12;

        // Throws at half of a surrogate pair instead of writing a replacement character.
        private static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        static Call()
        {
            int found = Native.zeren_abi_version();
            if (found != Abi)
                throw new DllNotFoundException("the zeren library has ABI " + found + ", this assembly needs " + Abi);
        }

        internal delegate int Asking(out TextOut text, out IntPtr error);

        internal static byte[] Bytes(string text) { return Utf8.GetBytes(text); }

        internal static UIntPtr Length(byte[] bytes) { return new UIntPtr((ulong)bytes.Length); }

        internal static string Take(TextOut text)
        {
            try
            {
                byte[] bytes = new byte[checked((int)text.Length.ToUInt64())];
                if (bytes.Length > 0) Marshal.Copy(text.Data, bytes, 0, bytes.Length);
                return Utf8.GetString(bytes);
            }
            finally
            {
                Native.zeren_text_free(ref text);
            }
        }

        internal static void Check(int status, IntPtr error)
        {
            if (status == Ok) return;
            try
            {
                TextOut message, json;
                string said = Native.zeren_error_message(error, out message) == Ok ? Take(message) : "zeren: status " + status;
                string told = Native.zeren_error_json(error, out json) == Ok ? Take(json) : "";
                if (status == Conflict) throw new ConflictException(status, said, told);
                throw new ZerenException(status, said, told);
            }
            finally
            {
                Native.zeren_error_free(error);
            }
        }

        internal static string Ask(Asking asking)
        {
            TextOut text;
            IntPtr error;
            int status = asking(out text, out error);
            Check(status, error);
            return Take(text);
        }
    }

    /// <summary>The library itself.</summary>
    public static class Library
    {
        public static string Version()
        {
            return Call.Ask((out TextOut text, out IntPtr error) => { error = IntPtr.Zero; return Native.zeren_version(out text); });
        }

        /// <summary>Checks the chain of stored lines and gives their head.</summary>
        public static string Verify(string ledger, string lines)
        {
            byte[] id = Call.Bytes(ledger), all = Call.Bytes(lines);
            return Call.Ask((out TextOut text, out IntPtr error) =>
                Native.zeren_ledger_verify(id, Call.Length(id), all, Call.Length(all), out text, out error));
        }
    }

    /// <summary>A batch that was checked and has not happened yet.</summary>
    public sealed class Prepared : IDisposable
    {
        internal readonly PreparedHandle Handle;

        /// <summary>The lines to store, each ended by a line feed; empty when the ledger holds every act already.</summary>
        public string Lines { get; private set; }

        internal Prepared(PreparedHandle handle, string lines) { Handle = handle; Lines = lines; }

        public void Dispose() { Handle.Dispose(); }
    }

    /// <summary>The state that a ledger leads to.</summary>
    public sealed class ResponsibilitySystem : IDisposable
    {
        internal readonly SystemHandle Handle;

        /// <summary>The system that stored lines lead to; of an empty ledger without them.</summary>
        public ResponsibilitySystem(string ledger, string lines = "")
        {
            byte[] id = Call.Bytes(ledger), all = Call.Bytes(lines);
            IntPtr error;
            int status = Native.zeren_system_open(id, Call.Length(id), all, Call.Length(all), out Handle, out error);
            Call.Check(status, error);
        }

        /// <summary>Checks a batch and changes nothing. ConflictException when the head has moved.</summary>
        public Prepared Prepare(string request)
        {
            byte[] bytes = Call.Bytes(request);
            PreparedHandle prepared;
            TextOut lines;
            IntPtr error;
            int status = Native.zeren_system_prepare(Handle, bytes, Call.Length(bytes), out prepared, out lines, out error);
            Call.Check(status, error);
            return new Prepared(prepared, Call.Take(lines));
        }

        /// <summary>Takes a batch over, once its lines are stored.</summary>
        public void Commit(Prepared batch)
        {
            IntPtr error;
            int status = Native.zeren_system_commit(Handle, batch.Handle, out error);
            Call.Check(status, error);
        }

        /// <summary>Takes over lines that others have stored: all of them or none.</summary>
        public void Follow(string lines)
        {
            byte[] bytes = Call.Bytes(lines);
            IntPtr error;
            int status = Native.zeren_system_follow(Handle, bytes, Call.Length(bytes), out error);
            Call.Check(status, error);
        }

        /// <summary>Answers a question.</summary>
        public string View(string query)
        {
            byte[] bytes = Call.Bytes(query);
            return Call.Ask((out TextOut text, out IntPtr error) =>
                Native.zeren_system_view(Handle, bytes, Call.Length(bytes), out text, out error));
        }

        /// <summary>Where this system stands, as a request wants it.</summary>
        public string Head() { return View("{\"view\":\"head\",\"day\":\"2000-01-01\"}"); }

        public void Dispose() { Handle.Dispose(); }
    }

    /// <summary>A scheme of an assessment. It never changes.</summary>
    public sealed class Scheme : IDisposable
    {
        internal readonly SchemeHandle Handle;

        public Scheme(string document)
        {
            byte[] bytes = Call.Bytes(document);
            IntPtr error;
            int status = Native.zeren_scheme_parse(bytes, Call.Length(bytes), out Handle, out error);
            Call.Check(status, error);
        }

        /// <summary>The table that its adopters approve, in Markdown.</summary>
        public string ReadBack()
        {
            return Call.Ask((out TextOut text, out IntPtr error) => Native.zeren_scheme_read_back(Handle, out text, out error));
        }

        /// <summary>Findings about the scheme itself.</summary>
        public string Check()
        {
            return Call.Ask((out TextOut text, out IntPtr error) => Native.zeren_scheme_check(Handle, out text, out error));
        }

        /// <summary>The sheet of one facts document.</summary>
        public string Score(string facts)
        {
            byte[] bytes = Call.Bytes(facts);
            return Call.Ask((out TextOut text, out IntPtr error) =>
                Native.zeren_scheme_score(Handle, bytes, Call.Length(bytes), out text, out error));
        }

        public void Dispose() { Handle.Dispose(); }
    }

    /// <summary>An assessment year: keeps what each scheme gave, for the schemes that include it.</summary>
    public sealed class Year : IDisposable
    {
        private readonly YearHandle handle;

        public Year()
        {
            IntPtr error;
            int status = Native.zeren_year_new(out handle, out error);
            Call.Check(status, error);
        }

        /// <summary>Scores a roster from the facts of the ledger.</summary>
        public string Assess(ResponsibilitySystem system, Scheme scheme, string query)
        {
            byte[] bytes = Call.Bytes(query);
            return Call.Ask((out TextOut text, out IntPtr error) =>
                Native.zeren_year_assess(handle, system.Handle, scheme.Handle, bytes, Call.Length(bytes), out text, out error));
        }

        public void Dispose() { handle.Dispose(); }
    }
}
